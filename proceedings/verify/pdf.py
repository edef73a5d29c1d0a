"""The volume's PDF against the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from proceedings.checks.metadata import author_pages, has_author, has_title, other_form
from proceedings.index import author_index
from proceedings.isolation import Pool
from proceedings.markup import plain
from proceedings.verify.check import Check
from proceedings.verify.search import Searchable
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_CHUNK = 64  # pages that one worker reads at a time


def check(book: Book, path: Path, pool: Pool) -> Iterator[Check]:
    """Labels, folios, titles and authors, contents and index with their links, fonts."""
    shape: dict[str, Any] = pool.call("proceedings.verify.pages:structure", {"path": str(path)})
    labels: list[str] = shape["labels"]
    base = labels.index("1") if "1" in labels else len(labels)
    starts = {paper.id: base + book.pages[paper.id].first - 1 for paper in book.papers()}
    ends = base + max((pages.last for pages in book.pages.values()), default=0)
    yield Check("fonts", path.name, ", ".join(shape["missing"]), firm=False)
    yield from _contiguous(book)
    whole = [*range(base), *range(ends, len(labels)), *_heads(book, starts)]
    texts = _read(path, len(labels), whole, pool)
    yield from _folios(book, texts, labels, starts)
    for paper in book.papers():
        first, count = starts[paper.id], book.pages[paper.id].count
        yield from _paper(paper, [page["text"] for page in texts[first : first + count] if page["text"]])
    yield from _contents(book, texts[:base], shape["links"][:base], starts)
    yield from _index(book, texts[ends:], shape["links"][ends:], starts)


def _heads(book: Book, starts: Mapping[str, int]) -> Iterator[int]:
    """The pages that must name titles and authors."""
    for paper in book.papers():
        count = min(book.pages[paper.id].count, 2 + len(paper.authors) // 4)
        yield from range(starts[paper.id], starts[paper.id] + count)


def _read(path: Path, count: int, whole: list[int], pool: Pool) -> list[dict[str, str]]:
    calls = []
    for first in range(0, count, _CHUNK):
        last = min(first + _CHUNK, count)
        wanted = [number for number in whole if first <= number < last]
        calls.append({"path": str(path), "first": first, "last": last, "whole": wanted})
    return [page for part in pool.map("proceedings.verify.pages:read", calls) for page in part]


def _contiguous(book: Book) -> Iterator[Check]:
    """Papers follow one another; a blank page stands only before one that must begin on the right."""
    before = 0
    for paper in book.papers():
        pages = book.pages[paper.id]
        gap = pages.first - before - 1
        allowed = (0, 1) if book.volume.options.recto else (0,)
        problem = "" if gap in allowed and pages.last >= pages.first else f"{pages} after page {before}"
        yield Check("pages in order", paper.id, problem)
        before = pages.last


def _folios(book: Book, texts: list[dict[str, str]], labels: list[str], starts: Mapping[str, int]) -> Iterator[Check]:
    if not book.volume.options.stamp:
        return
    for paper in book.papers():
        pages = range(starts[paper.id], starts[paper.id] + book.pages[paper.id].count)
        wrong = [labels[number] for number in pages if not _says(texts[number]["edge"], labels[number])]
        yield Check("page numbers", paper.id, f"not on page {', '.join(wrong)}" if wrong else "")


def _says(words: str, label: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(label)}(?!\d)", words) is not None


def _paper(paper: Paper, texts: list[str]) -> Iterator[Check]:
    head = texts[0] if texts else ""
    yield Check(
        "title", paper.id, "" if has_title(paper.title, head) else f"“{paper.title.pick()}” not found", firm=False
    )
    pages = author_pages(paper, texts)
    missing = [p.both() for p in paper.authors if not has_author(p, pages) and not other_form(p, pages)]
    yield Check("authors", paper.id, f"not found: {', '.join(missing)}" if missing else "", firm=False)


def _contents(
    book: Book, texts: list[dict[str, str]], links: list[list[int]], starts: Mapping[str, int]
) -> Iterator[Check]:
    """Each paper's line, its page number at the end, and a link to its first page."""
    words = Searchable("\n".join(page["text"] for page in texts))
    targets = {target for page in links for target in page}
    for paper in book.papers():
        title = plain(paper.title.pick(book.language(paper)))
        together = words.followed_by(title, [book.pages[paper.id].first])
        problem = "" if together else "title and page number do not stand together"
        if starts[paper.id] not in targets:
            problem = "no link to its first page"
        yield Check("contents", paper.id, problem)
    yield Check("links of the contents", "front matter", "a link leads nowhere" if -1 in targets else "")


def _index(
    book: Book, texts: list[dict[str, str]], links: list[list[int]], starts: Mapping[str, int]
) -> Iterator[Check]:
    """Every author with every first page, and links to all of them."""
    words = Searchable("\n".join(page["text"] for page in texts))
    targets = {target for page in links for target in page}
    groups, _ = author_index(book)
    for entry in (entry for group in groups for entry in group.entries):
        pages = [book.pages[id_].first for id_ in entry.papers]
        listed = words.followed_by(entry.name + entry.detail, pages)
        yield Check("author index", entry.name, "" if listed else f"not listed with {', '.join(map(str, pages))}")
    lost = [id_ for id_, start in starts.items() if start not in targets and _has_authors(book, id_)]
    yield Check("links of the index", "back matter", f"none to {', '.join(lost)}" if lost else "")


def _has_authors(book: Book, id_: str) -> bool:
    return any(paper.id == id_ and paper.authors for paper in book.papers())
