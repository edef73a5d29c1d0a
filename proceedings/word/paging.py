"""On which page of the Word volume each paper begins: asked of LibreOffice, which sets it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from proceedings.markup import plain
from proceedings.office import OfficeError, to_pdf
from proceedings.text import fold
from proceedings.volume.book import Book


def first_pages(book: Book, document: Path) -> list[int] | None:
    """First page of each paper as the document prints it, or ``None`` where it cannot be set here."""
    with tempfile.TemporaryDirectory(prefix="paging-") as folder:
        pdf = Path(folder) / "volume.pdf"
        try:
            to_pdf(document, pdf)
        except OfficeError:
            return None
        headings = list(_headings(pdf))
    found: list[int] = []
    at = 0
    for paper in book.papers():
        wanted = {fold(plain(words)) for words in paper.title.both()}
        place = next((n for n in range(at, len(headings)) if fold(headings[n][0]) in wanted), None)
        if place is None:
            return None
        found.append(headings[place][1])
        at = place + 1
    return [page - found[0] + 1 for page in found] if found else []


def _headings(path: Path) -> Iterator[tuple[str, int]]:
    """Title and page (from 0) of every bookmark, in order."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        waiting = list(reversed(outline.root))
        while waiting:
            item = waiting.pop()
            target = item.destination
            if isinstance(target, pikepdf.Array) and isinstance(target[0], pikepdf.Dictionary):
                yield item.title, pages[target[0].objgen]
            waiting.extend(reversed(item.children))
