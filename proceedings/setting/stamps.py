"""What is printed onto a paper's pages.

Running heads, folios, and on the first page where the paper comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proceedings.findings import Finding, found, on_pages, page_list
from proceedings.inspection.report import Page
from proceedings.markup import plain, tree
from proceedings.setting.placing import SIDE, Place, place
from proceedings.setting.terms import days
from proceedings.setting.terms import pages as pages_of
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_RUNNING = 92  # characters of a running head; a Chinese one counts double


def stamps(book: Book, pages: Mapping[str, Sequence[Page]]) -> tuple[list[dict[str, Any]], list[Finding]]:
    """One entry per page, in order, for ``stamps.typ``, and what had no room.

    ``pages`` are the pages by paper.
    """
    made: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for paper in book.papers():
        first = book.pages[paper.id].first
        notes = _notes(book, paper)
        where = place(pages[paper.id], first, len(notes))
        findings += (finding.about(paper.id) for finding in _complaints(where, len(notes)))
        for offset, page in enumerate(pages[paper.id]):
            number = first + offset
            words = _first(book, paper, notes[: where.note]) if offset == 0 else _later(book, paper, number)
            if where.head is None:
                words |= {"head": [], "aside": []}
            made.append(
                {"w": page.width, "h": page.height, "even": number % 2 == 0, "folio": str(number)}
                | {"head_top": where.head or 0, "foot_bottom": where.foot, "side": SIDE}
                | words
            )
    return made, findings


def _complaints(where: Place, notes: int) -> Iterator[Finding]:
    if where.head is None:
        yield found("stamp-no-head")
    if where.note < notes:
        yield found("stamp-no-note", band=20)
    if where.crowded:
        yield found("stamp-crowded", marks=on_pages(where.crowded), pages=page_list(where.crowded))


def _notes(book: Book, paper: Paper) -> list[str]:
    """The lines at the foot of a first page, the most needed first."""
    volume, language = book.volume, book.language(paper)
    when = days(volume.start, volume.end, language) or (str(volume.year) if volume.year else "")
    comma = "，" if language == "zh" else ", "
    event = comma.join(part for part in (when, volume.place.pick(language)) if part)
    return [line for line in (*reversed(rights(book, paper)), event) if line]


def _first(book: Book, paper: Paper, notes: Sequence[str]) -> dict[str, Any]:
    """Where the paper comes from, its pages, and the notes (printed upwards.

    Event, owner, licence and DOI).
    """
    language = book.language(paper)
    return {
        "kind": "first",
        "head": tree(shorten(plain(book.volume.heading.pick(language)))),
        "aside": tree(pages_of(book.pages[paper.id], language)),
        "foot": [tree(line) for line in reversed(notes)],
    }


def rights(book: Book, paper: Paper) -> list[str]:
    """Copyright, licence and DOI as two short lines."""
    volume, language = book.volume, book.language(paper)
    holder = (paper.copyright or volume.copyright or volume.publisher).pick(language)
    owner = " ".join(part for part in ("©", str(volume.year or ""), holder) if part) if holder else ""
    licence = book.licence(paper)
    terms = licence.spdx.replace("CC-BY", "CC BY").replace("-4.0", " 4.0") or licence.name.pick(language)
    doi = book.doi(paper)
    tail = "  ·  ".join(part for part in (terms, f"https://doi.org/{doi}" if doi else "") if part)
    return [line for line in (owner, tail) if line]


def _later(book: Book, paper: Paper, number: int) -> dict[str, Any]:
    """Authors over even pages, the title over odd ones."""
    language = book.language(paper)
    names = [person.display(language) for person in paper.authors]
    if number % 2 == 0 and names:
        gap = "、" if language == "zh" else ", "
        line = gap.join(names)
        if _width(line) > _RUNNING:
            line = f"{names[0]}等" if language == "zh" else f"{names[0]} et al."
        return {"kind": "later", "head": tree(line), "aside": [], "foot": []}
    title = paper.title.pick(language)
    head = title if _width(plain(title)) <= _RUNNING else shorten(plain(title))
    return {"kind": "later", "head": tree(head), "aside": [], "foot": []}


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def shorten(text: str) -> str:
    """Cut to a running head's length at a word's end."""
    if _width(text) <= _RUNNING:
        return text
    room = _RUNNING - 2
    kept = next(n for n in range(len(text)) if _width(text[: n + 1]) > room)
    cut = text[:kept]
    if " " in cut[-20:] and not ord(text[kept]) > 0x2E7F:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:，、；：") + "…"
