"""How to cite each paper by GB/T 7714, in both editions."""

from __future__ import annotations

from collections.abc import Mapping

from proceedings.formats.csljson import item
from proceedings.references.gbt7714 import EDITIONS, format_reference
from proceedings.text import has_han
from proceedings.volume.book import Book
from proceedings.volume.model import Paper


def write(book: Book) -> Mapping[str, bytes]:
    """``gbt7714-2015.txt`` and ``gbt7714-2025.txt``, numbered in the order of the volume."""
    return {
        f"metadata/gbt7714-{name}.txt": "".join(
            f"[{number}] {citation(book, paper, name)}\n" for number, paper in enumerate(book.papers(), 1)
        ).encode()
        for name in EDITIONS
    }


def citation(book: Book, paper: Paper, edition: str | None = None) -> str:
    """The paper's entry, without number; by default in the edition that the volume asks for."""
    fields = item(book, paper)
    # The standard wants an address and a DOI only for what is read on line; the DOI is enough.
    fields = {key: value for key, value in fields.items() if key not in ("URL", "editor")}
    for shown, person in zip(fields.get("author", ()), paper.authors, strict=True):
        if has_han(person.native):
            shown["pinyin"] = True
    return format_reference(fields, EDITIONS[edition or book.volume.options.gbt])
