"""Which pages each paper takes."""

from __future__ import annotations

from collections.abc import Mapping

from proceedings.findings import Finding, found
from proceedings.volume.book import Book, Range
from proceedings.volume.model import Volume


def lay_out(volume: Volume, counts: Mapping[str, int]) -> tuple[Book, tuple[Finding, ...]]:
    """Count the pages in the order of the volume, from 1; ``counts`` are pages by paper.

    A paper that was announced on other pages (``volume.frozen``) is an error: contents, deposits and
    citations that are out in the world would be wrong.
    """
    pages: dict[str, Range] = {}
    findings = []
    following = 1
    for paper in volume.printed():
        count = counts.get(paper.id, 0)
        if not count:
            continue
        first = following + (following + 1) % 2 if volume.options.recto else following
        pages[paper.id] = Range(first, first + count - 1)
        following = first + count
        was = volume.frozen.get(paper.id)
        if was and was != (first, following - 1):
            findings.append(
                found("volume-frozen-pages", was=str(Range(*was)), now=str(pages[paper.id])).about(paper.id)
            )
    return Book(volume, pages), tuple(findings)
