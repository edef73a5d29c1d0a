"""The volume's PDF against the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from proceedings.checks.metadata import author_pages, has_author, has_title, other_form
from proceedings.index import author_index
from proceedings.isolation import Pool
from proceedings.markup import plain
from proceedings.verify import pages
from proceedings.verify.check import Check
from proceedings.verify.search import Searchable
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_CHUNK = 64  # pages that one worker reads at a time
_STRETCH = 500  # pages whose stamps one worker takes out at a time
_DIGITS = re.compile(r"\d+")


def check(book: Book, path: Path, pool: Pool) -> Iterator[Check]:
    """Labels, folios, titles and authors, contents and index with their links, fonts."""
    reader = _Reader(path, pool)
    labels: list[str] = reader.begin("labels").result()
    base = labels.index("1") if "1" in labels else len(labels)
    starts = {paper.id: base + book.pages[paper.id].first - 1 for paper in book.papers()}
    ends = base + max((pages.last for pages in book.pages.values()), default=0)
    stamps = reader.stamps(base, ends) if book.volume.options.stamp else []
    heads = reader.texts(list(starts.values()))
    own = reader.texts([*range(base), *range(ends, len(labels))])
    shape = reader.begin("structure")
    yield from _contiguous(book)
    if stamps:
        yield from _folios(book, dict(enumerate(_joined(stamps), base)), labels, starts)
    yield from _papers(book, dict(zip(starts, _joined(heads), strict=True)), reader, starts)
    said: list[str] = _joined(own)
    structure = shape.result()
    links: list[list[int]] = structure["links"]
    yield from _contents(book, said[:base], links[:base], starts)
    yield from _index(book, said[base:], links[ends:], starts)
    yield Check("fonts", path.name, ", ".join(structure["missing"]), firm=False)


class _Reader:
    """Hands the volume to the workers in parts; what they say comes later."""

    def __init__(self, path: Path, pool: Pool) -> None:
        self._path = str(path)
        self._pool = pool

    def begin(self, what: str, **arguments: Any) -> Future[Any]:
        return self._pool.submit(f"{pages.__name__}:{what}", {"path": self._path, **arguments})

    def texts(self, numbers: list[int]) -> list[Future[Any]]:
        """The whole text of each page."""
        return [self.begin("texts", pages=numbers[at : at + _CHUNK]) for at in range(0, len(numbers), _CHUNK)]

    def stamps(self, first: int, last: int) -> list[Future[Any]]:
        """What the stamp of each page of a stretch says."""
        return [self.begin("stamped", first=at, last=min(at + _STRETCH, last)) for at in range(first, last, _STRETCH)]


def _joined(parts: list[Future[Any]]) -> list[Any]:
    return [said for part in parts for said in part.result()]


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


def _folios(
    book: Book, stamps: Mapping[int, str | None], labels: list[str], starts: Mapping[str, int]
) -> Iterator[Check]:
    for paper in book.papers():
        pages = range(starts[paper.id], starts[paper.id] + book.pages[paper.id].count)
        wrong = [labels[number] for number in pages if labels[number] not in _numbers(stamps[number])]
        yield Check("page numbers", paper.id, f"not on page {', '.join(wrong)}" if wrong else "")


def _numbers(words: str | None) -> list[str]:
    return _DIGITS.findall(words or "")


def _papers(book: Book, heads: Mapping[str, str], reader: _Reader, starts: Mapping[str, int]) -> Iterator[Check]:
    """Title and authors on the first page of each paper, whose text is in ``heads``.

    The pages after it are read only for a paper whose authors do not all stand on the first.
    """
    papers = list(book.papers())
    first = {id_: [text] for id_, text in heads.items()}
    open_ = [paper for paper in papers if _lost(paper, first[paper.id])]
    more = [_later(book, paper, starts[paper.id]) for paper in open_]
    read = iter(_joined(reader.texts([number for numbers in more for number in numbers])))
    for paper, numbers in zip(open_, more, strict=True):
        first[paper.id] += [next(read) for _ in numbers]
    for paper in papers:
        head = first[paper.id][0]
        title = "" if has_title(paper.title, head) else f"“{paper.title.pick()}” not found"
        yield Check("title", paper.id, title, firm=False)
        lost = _lost(paper, first[paper.id])
        yield Check("authors", paper.id, f"not found: {', '.join(lost)}" if lost else "", firm=False)


def _later(book: Book, paper: Paper, start: int) -> range:
    """The pages after the first that may name the authors."""
    return range(start + 1, start + min(book.pages[paper.id].count, 2 + len(paper.authors) // 4))


def _lost(paper: Paper, texts: list[str]) -> list[str]:
    pages = author_pages(paper, texts)
    return [p.both() for p in paper.authors if not has_author(p, pages) and not other_form(p, pages)]


def _contents(book: Book, texts: list[str], links: list[list[int]], starts: Mapping[str, int]) -> Iterator[Check]:
    """Each paper's line, its page number at the end, and a link to its first page."""
    words = Searchable("\n".join(texts))
    targets = {target for page in links for target in page}
    for paper in book.papers():
        title = plain(paper.title.pick(book.language(paper)))
        together = words.followed_by(title, [book.pages[paper.id].first])
        problem = "" if together else "title and page number do not stand together"
        if starts[paper.id] not in targets:
            problem = "no link to its first page"
        yield Check("contents", paper.id, problem)
    yield Check("links of the contents", "front matter", "a link leads nowhere" if -1 in targets else "")


def _index(book: Book, texts: list[str], links: list[list[int]], starts: Mapping[str, int]) -> Iterator[Check]:
    """Every author with every first page, and links to all of them."""
    words = Searchable("\n".join(texts))
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
