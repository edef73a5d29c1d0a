"""What is printed onto a paper's pages.

Running heads, folios, and on the first page where the paper comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from proceedings.markup import plain, tree
from proceedings.setting.terms import days, pages
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_RUNNING = 92  # characters of a running head; a Chinese one counts double


def stamps(book: Book, sizes: Mapping[str, Sequence[tuple[float, float]]]) -> list[dict[str, Any]]:
    """One entry per page, in order, for ``stamps.typ``; ``sizes`` are the visible page sizes by paper."""
    made = []
    for paper in book.papers():
        first = book.pages[paper.id].first
        for offset, (width, height) in enumerate(sizes[paper.id]):
            number = first + offset
            page = {
                "w": width,
                "h": height,
                "even": number % 2 == 0,
                "folio": str(number),
                "foot": [],
                "aside": [],
            }
            made.append(page | (_first(book, paper) if offset == 0 else _later(book, paper, number)))
    return made


def _first(book: Book, paper: Paper) -> dict[str, Any]:
    volume, language = book.volume, book.language(paper)
    origin = [shorten(volume.heading.pick(language))]
    origin_tail = [days(volume.start, volume.end, language) or (str(volume.year) if volume.year else "")]
    origin_tail.append(volume.place.pick(language))
    aside = pages(book.pages[paper.id], language)
    comma = "，" if language == "zh" else ", "
    head = [*tree(origin[0])]
    foot = [comma.join(part for part in origin_tail if part), *rights(book, paper)]
    return {
        "kind": "first",
        "head": head,
        "aside": tree(aside),
        "foot": [tree(line) for line in foot if line],
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
        return {"kind": "later", "head": tree(line)}
    title = paper.title.pick(language)
    return {
        "kind": "later",
        "head": tree(title if _width(plain(title)) <= _RUNNING else shorten(plain(title))),
    }


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
