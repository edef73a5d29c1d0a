"""PMLR: its BibTeX dialect, ASCII with LaTeX commands, keys of surname and year."""

from __future__ import annotations

from collections.abc import Mapping

from proceedings.formats.bibtex import balanced, names, title
from proceedings.markup import latex
from proceedings.volume.book import Book, letters, slug
from proceedings.volume.model import Paper


def write(book: Book) -> Mapping[str, bytes]:
    """``pmlr.bib``."""
    volume, language = book.volume, book.volume.language
    head = {
        "booktitle": title(volume.title.pick("en"), False),
        "name": latex((volume.event or volume.title).pick("en"), False),
        "shortname": latex(volume.acronym, False),
        "year": str(volume.year or ""),
        "editor": names(volume.editors, "en", False),
        "volume": volume.series.volume if volume.series else "",
        "start": volume.start.isoformat() if volume.start else "",
        "end": (volume.end or volume.start).isoformat() if volume.start and (volume.end or volume.start) else "",
        "published": volume.published.isoformat() if volume.published else "",
        "address": latex(volume.place.pick("en"), False),
        "conference_url": volume.url,
        "section": "",
    }
    entries = [_entry("Proceedings", f"{slug(volume.acronym) or 'proceedings'}{volume.year or ''}", head)]
    keys = _keys(book)
    for session, papers in book.sessions():
        for paper in papers:
            entries.append(_paper(book, paper, keys[paper.id], session.title.pick(language)))
    return {"metadata/pmlr.bib": "\n".join(entries).encode()}


def _paper(book: Book, paper: Paper, key: str, section: str) -> str:
    pages = book.pages[paper.id]
    fields = {
        "title": title(paper.title.pick("en"), False),
        "author": names(paper.authors, "en", False),
        "pages": f"{pages.first}-{pages.last}",
        "section": latex(section, False),
        "abstract": latex(paper.abstract.pick("en"), False),
    }
    return _entry("InProceedings", key, fields)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {{{balanced(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _keys(book: Book) -> dict[str, str]:
    """``surnameYY``, and a letter where that is taken."""
    made: dict[str, str] = {}
    tail = f"{(book.volume.year or 0) % 100:02}"
    for paper in book.papers():
        first = paper.authors[0] if paper.authors else None
        base = (slug(first.family or first.whole) if first else "") or "anonymous"
        key, number = f"{base}{tail}", 0
        while key in made.values():
            number += 1
            key = f"{base}{tail}{letters(number)}"
        made[paper.id] = key
    return made
