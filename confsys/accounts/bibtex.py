"""BibTeX as people paste it: what can be read is read, what cannot is told with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from confsys.core.names import PersonName, has_han

_LONE_AMPERSAND = re.compile(r"(?<!\\)&")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry, without its markup."""

    title: str
    authors: Sequence[PersonName]
    venue: str = ""
    year: int | None = None
    doi: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry that could not be read: where it begins (from 1) and why, in the parser's own words."""

    line: int
    reason: str


def read(text: str) -> tuple[list[Reference], list[Unreadable]]:
    """Every entry of ``text`` that has a title, and the ones that are broken."""
    # Heavy (it brings a LaTeX decoder) and needed on one page only.
    from bibtexparser import middlewares  # noqa: PLC0415  heavy library
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415  heavy library

    library = parse_string(
        _LONE_AMPERSAND.sub(r"\\&", text),
        append_middleware=[
            middlewares.LatexDecodingMiddleware(),
            middlewares.SeparateCoAuthors(),
            middlewares.SplitNameParts(),
        ],
    )
    found, broken = [], []
    for entry in library.entries:
        fields = {field.key.lower(): field.value for field in entry.fields}
        reference = _reference(fields)
        if reference is None:
            broken.append(Unreadable((entry.start_line or 0) + 1, "title"))
        else:
            found.append(reference)
    broken += [Unreadable((block.start_line or 0) + 1, _reason(block)) for block in library.failed_blocks]
    return found, broken


def _reason(block: Any) -> str:
    return " ".join(str(block.error).split())[:200]


def _plain(value: object) -> str:
    return " ".join(str(value or "").replace("{", "").replace("}", "").split())


def _reference(fields: dict[str, Any]) -> Reference | None:
    title = _plain(fields.get("title"))
    if not title:
        return None
    venue = next((_plain(fields[key]) for key in ("journal", "booktitle", "publisher") if fields.get(key)), "")
    year = _YEAR.search(str(fields.get("year") or fields.get("date") or ""))
    authors = fields.get("author")
    return Reference(
        title=title, authors=[_name(parts) for parts in authors] if isinstance(authors, list) else [],
        venue=venue, year=int(year.group()) if year else None, abstract=_plain(fields.get("abstract")),
        doi=_plain(fields.get("doi")).removeprefix("https://doi.org/").lower(),
    )  # fmt: skip


def _name(parts: Any) -> PersonName:
    given = " ".join([*parts.first])
    family = " ".join([*parts.von, *parts.last, *parts.jr])
    if has_han(given + family):
        return PersonName(native=_plain(family + given))
    return PersonName(_plain(given), _plain(family))
