"""Text in English and Chinese side by side."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_SPACING_MARKS = frozenset("´`¨ˆ˜¸˙˚˝¯ˇ˘˛ʼ'’‘ʹ·")
_GAPS = re.compile(r"[\W_]+")  # marks parted from their letters are no letters either
_PARTED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}


def has_han(text: str) -> bool:
    """Whether ``text`` holds a Han character."""
    return HAN.search(text) is not None


@dataclass(frozen=True)
class Text:
    """The same words in English (or any language that is not Chinese) and Chinese; either may be empty."""

    en: str = ""
    zh: str = ""

    @classmethod
    def of(cls, value: Any) -> Text:
        """From a string (its script decides the side), ``{"en": …, "zh": …}``, another Text or ``None``."""
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            clean = tidy(value)
            return cls(zh=clean) if has_han(clean) else cls(en=clean)
        if isinstance(value, dict):
            return cls(tidy(value.get("en") or ""), tidy(value.get("zh") or ""))
        return cls()

    def pick(self, language: str = "en") -> str:
        """The words in ``language``, or in the other one where those are missing."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def other(self, language: str = "en") -> str:
        """The words that :meth:`pick` did not take; empty where there is one language only."""
        return "" if not (self.en and self.zh) else (self.en if language == "zh" else self.zh)

    def both(self) -> tuple[str, ...]:
        """What is there, Chinese first."""
        return tuple(part for part in (self.zh, self.en) if part)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


NOTHING = Text()


def tidy(text: str) -> str:
    """NFC, without control characters and the blanks at both ends; line breaks are kept."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


@lru_cache(maxsize=256)  # the same few pages are searched for author after author
def fold(text: str) -> str:
    """Letters for comparison: no marks, case, punctuation or blanks; ``Şenöz`` and a PDF's ``¸Senöz`` are
    equal.

    Ligatures and full-width forms are resolved (NFKC), so that text drawn from a page can be searched.
    """
    return _GAPS.sub("", _resolved(text))


@lru_cache(maxsize=256)
def fold_words(text: str) -> str:
    """As :func:`fold`, but words stay parted by one blank, with a blank at both ends, to search whole words.

    Figures part from letters: on a page a name and the mark of its affiliation run together (``Legat1``).
    """
    letters = _resolved(text)
    for mark in filter(unicodedata.combining, set(letters)):
        letters = letters.replace(mark, "")
    letters = _GAPS.sub(" ", letters)
    return f" {' '.join(_PARTED.sub(' ', letters).split())} "


def _resolved(text: str) -> str:
    # A page holds few different characters: to replace those is much quicker than to look at each in its place.
    for mark in _SPACING_MARKS & set(text):
        text = text.replace(mark, "")
    text = unicodedata.normalize("NFKD", text).casefold()
    for letter in _LETTERS.keys() & set(text):
        text = text.replace(letter, _LETTERS[letter])
    return text
