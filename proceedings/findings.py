"""What a check says: a code, how grave it is, and a sentence for the author in English and Chinese.

The sentences live in ``messages/*.toml``; a finding carries only the code and the figures that go into the
sentence, so that it can be stored, compared and rendered later in the reader's language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "zh")


class Severity(StrEnum):
    """How grave a finding is: an error refuses the file, a warning asks for a look, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Mark:
    """A place on a page.

    ``page`` counts from 1; ``box`` is (left, bottom, right, top) in PDF points, or the whole page.
    """

    page: int
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Message:
    """One entry of the catalogue.

    The group of camera-ready checks it belongs to (0 for none) and its sentences.
    """

    code: str
    severity: Severity
    group: int
    texts: Mapping[str, str]


@cache
def catalogue() -> Mapping[str, Message]:
    """All messages by code, read once from ``messages/*.toml``."""
    entries: dict[str, Any] = {}
    for file in resources.files(__package__).joinpath("messages").iterdir():
        if file.name.endswith(".toml"):
            entries |= tomllib.loads(file.read_text("utf-8"))
    return {
        code: Message(code, Severity(entry["severity"]), entry.get("group", 0), {k: entry[k] for k in LANGUAGES})
        for code, entry in entries.items()
    }


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    ``code`` names the message, ``params`` fill its sentence (plain strings and numbers), ``marks`` point
    at places on pages, ``paper`` is the id of the paper it is about where it belongs to a volume.
    """

    code: str
    severity: Severity
    params: Mapping[str, Any] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    paper: str | None = None

    def text(self, language: str = "en") -> str:
        """The sentence in ``language`` ("en" or "zh"; any other falls back to English)."""
        texts = catalogue()[self.code].texts
        return texts.get(language, texts["en"]).format(**self.params)

    @property
    def group(self) -> int:
        """Number of the camera-ready group, 1 to 13, or 0."""
        return catalogue()[self.code].group

    def about(self, paper: str) -> Finding:
        """The same finding, said of one paper."""
        return replace(self, paper=paper)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, with both sentences; :meth:`from_dict` is its inverse."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "params": dict(self.params),
            "marks": [[mark.page, list(mark.box) if mark.box else None] for mark in self.marks],
            "paper": self.paper,
            "text": {language: self.text(language) for language in LANGUAGES},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Finding:
        """Read what :meth:`as_dict` wrote."""
        marks = tuple(Mark(page, tuple(box) if box else None) for page, box in data.get("marks", ()))
        return cls(data["code"], Severity(data["severity"]), dict(data["params"]), marks, data.get("paper"))


def found(code: str, *, marks: Iterable[Mark] = (), **params: Any) -> Finding:
    """A finding of ``code`` with the catalogue's severity.

    An unknown code is a programming error (KeyError).
    """
    return Finding(code, catalogue()[code].severity, params, tuple(marks))


def on_pages(pages: Iterable[int]) -> tuple[Mark, ...]:
    """Marks for whole pages, counted from 1."""
    return tuple(Mark(page) for page in pages)


def page_list(pages: Iterable[int], most: int = 8) -> str:
    """Page numbers for a sentence, runs joined: ``1-3, 7``; cut after ``most`` runs with an ellipsis."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in runs[:most]]
    return ", ".join(shown) + (" …" if len(runs) > most else "")
