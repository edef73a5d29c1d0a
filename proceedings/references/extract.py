"""The list of references of a paper, taken from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from proceedings.inspection.anonymity import REFERENCES

_NUMBERED = re.compile(r"^\s*(?:\[(\d{1,4})\]|［(\d{1,4})］|(\d{1,3})\.)\s*(?=\S)", re.MULTILINE)
_END = re.compile(
    r"^\s*(?:[A-Z]\s+)?(?:appendix|appendices|acknowledge?ments?|supplementary material|附\s*录|致\s*谢|作者简介)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
_CITED = re.compile(r"[\[［]([\d\s,，;；–—-]+)[\]］]")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，；]+")


@dataclass(frozen=True)
class Reference:
    """One entry: its number in the list (0 where the list has none) and its words."""

    number: int
    text: str

    @property
    def doi(self) -> str:
        """The DOI in it, or empty."""
        match = _DOI.search(self.text)
        return match.group().rstrip(".,;)]") if match else ""


@dataclass(frozen=True)
class References:
    """A list, and the numbers that the text before it cites.

    ``found`` is false where no list could be told.
    """

    found: bool
    entries: tuple[Reference, ...] = ()
    cited: frozenset[int] = frozenset()


def extract(pages: Sequence[str]) -> References:
    """References of a paper from the text of its pages: all after the last heading that says so."""
    text = "\n".join(pages)
    heads = list(REFERENCES.finditer(text))
    if not heads:
        return References(False)
    body, tail = text[: heads[-1].start()], text[heads[-1].end() :]
    end = _END.search(tail)
    tail = tail[: end.start()] if end else tail
    return References(True, tuple(_entries(tail)), frozenset(_citations(body)))


def _entries(tail: str) -> list[Reference]:
    numbered = list(_NUMBERED.finditer(tail))
    numbered = _one_sequence(numbered)
    if len(numbered) >= 2:
        ends = [match.start() for match in numbered[1:]] + [len(tail)]
        return [
            Reference(_number(match), _joined(tail[match.end() : end]))
            for match, end in zip(numbered, ends, strict=True)
        ]
    return [Reference(0, text) for text in _paragraphs(tail)]


def _number(match: re.Match[str]) -> int:
    return int(match.group(1) or match.group(2) or match.group(3))


def _one_sequence(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """Marks of one style only; "12." at a line's start is often the end of an entry and no number."""
    bracketed = [match for match in matches if match.group(1) or match.group(2)]
    if len(bracketed) >= 2:
        return bracketed
    kept: list[re.Match[str]] = []
    for match in matches:
        if _number(match) == (_number(kept[-1]) + 1 if kept else 1):
            kept.append(match)
    return kept


def _paragraphs(tail: str) -> list[str]:
    """Entries without numbers.

    A new one begins where a line ends with a stop and the next begins with a name.
    """
    entries: list[str] = []
    current = ""
    for line in tail.splitlines():
        starts = re.match(r"\s*[A-Z\u4e00-\u9fff][\w'’\u4e00-\u9fff-]+[,，.]?\s", line)
        if current and starts and re.search(r"[.。]\s*$|https?://\S+\s*$", current):
            entries.append(current)
            current = ""
        current = _joined(f"{current} {line}")
    return [entry for entry in [*entries, current] if len(entry) > 20]


def _joined(text: str) -> str:
    return " ".join(text.split())


def _citations(body: str) -> set[int]:
    cited: set[int] = set()
    for match in _CITED.finditer(body):
        for part in re.split(r"[,，;；]", match.group(1)):
            numbers = [int(number) for number in re.findall(r"\d{1,4}", part)]
            if len(numbers) == 2 and numbers[0] < numbers[1] <= numbers[0] + 60:
                cited |= set(range(numbers[0], numbers[1] + 1))
            elif numbers:
                cited.add(numbers[0])
    return cited
