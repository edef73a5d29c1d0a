"""Chinese names in order: by pinyin, by strokes of the surname (姓氏笔画), and Latin names beside them."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from proceedings.text import has_han

if TYPE_CHECKING:
    from proceedings.people import Person


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalpha() and not unicodedata.combining(c))


@cache
def _surnames() -> dict[str, str]:
    """Reading by surname, for those that have one of their own; every surname of two characters is there."""
    lines = resources.files(__package__).joinpath("surnames.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {surname: reading for surname, _, reading in pairs}


@cache
def surname_pinyin(surname: str) -> str:
    """Reading of a surname in plain letters (ü as v): 单 shan, 欧阳 ouyang."""
    return _surnames().get(surname) or "".join(_syllables(surname))


def _syllables(han: str, tones: bool = False) -> list[str]:
    # Its tables take a second and 55 MB to load: a volume without Chinese names needs none of them.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    style = Style.TONE3 if tones else Style.NORMAL
    return list(lazy_pinyin(han, style=style, neutral_tone_with_five=tones))


def family_length(native: str, family: str = "") -> int:
    """How many characters of a Han name are the family name.

    ``family`` in pinyin settles it where it is known.
    """
    wanted = _letters(family).replace("ü", "v")
    if wanted:
        for length in (2, 1):
            if len(native) > length and surname_pinyin(native[:length]).replace("v", "u") == wanted.replace("v", "u"):
                return length
    return 2 if len(native) > 2 and native[:2] in _surnames() else 1


def pinyin_key(person: Person) -> tuple[str, ...]:
    """Sorts Chinese and Latin names together by letters.

    Family, then given, then the characters themselves.
    """
    if has_han(person.native_family):
        family = surname_pinyin(person.native_family)
        given = " ".join(_syllables(person.native_given, tones=True))
        return (family, given, person.native)
    return latin_key(person)


def latin_key(person: Person) -> tuple[str, ...]:
    """Sorts by family name without marks, then by given name."""
    family = person.family or person.whole or person.native
    return (_letters(family), _letters(person.given), family, person.given)


def stroke_key(person: Person) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Sorts by each character's strokes in turn: number, then kinds in writing order (横竖撇点折).

    This is how Chinese committees list their members (按姓氏笔画). Names without Han come last, by letters.
    """
    if not has_han(person.native):
        return (1, tuple((0, 0, part) for part in latin_key(person)))
    return (0, tuple((*stroke_rank(c), c) for c in person.native))


@cache
def _strokes() -> dict[str, tuple[int, int]]:
    ranks: dict[str, tuple[int, int]] = {}
    data = resources.files(__package__).joinpath("strokes.txt").read_text("utf-8")
    for line in data.splitlines():
        if not line.startswith("#"):
            count, _, characters = line.partition(" ")
            ranks.update((c, (int(count), place)) for place, c in enumerate(characters))
    return ranks


def stroke_rank(character: str) -> tuple[int, int]:
    """Number of strokes and the place among characters of that number; an unknown character comes last."""
    return _strokes().get(character, (99, ord(character)))


def initial(person: Person) -> str:
    """Letter under which an index lists the person by pinyin or Latin spelling; "#" for neither."""
    key = pinyin_key(person)[0]
    return key[0].upper() if key and key[0].isascii() and key[0].isalpha() else "#"
