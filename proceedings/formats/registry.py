"""Every record format by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from proceedings.formats import bibtex
from proceedings.volume.book import Book

Writer = Callable[[Book], Mapping[str, bytes]]

RECORDS: Mapping[str, Writer] = {
    "bibtex": bibtex.write,
}


def export(book: Book, name: str) -> Mapping[str, bytes]:
    """Files of one format (``RECORDS`` names them), by relative path. ``KeyError`` for an unknown format."""
    return RECORDS[name](book)
