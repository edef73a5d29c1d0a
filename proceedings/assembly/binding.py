"""The volume and the single papers as PDF."""

from __future__ import annotations

import resource
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, OutlineItem, Page, Pdf, String

from proceedings.assembly.outline import own_bookmarks
from proceedings.assembly.stamping import clean, stamp
from proceedings.assembly.xmp import about_paper, about_volume, describe
from proceedings.markup import plain
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper

_SCHEME = "volume:"  # links of our own pages into the volume, see words.typ


@dataclass(frozen=True)
class Parts:
    """What is bound.

    Our own pages as PDF bytes, and the papers' files by id. ``stamps`` has a page per paper's page.
    """

    front: bytes
    back: bytes
    stamps: bytes | None
    files: Mapping[str, Path]


def bind(book: Book, parts: Parts, target: Path, step: Callable[[Paper], None] = lambda paper: None) -> None:
    """Write the volume to ``target``."""
    with ExitStack() as stack, _many_files(len(parts.files)), _quiet():
        volume = stack.enter_context(Pdf.new())
        front = stack.enter_context(pikepdf.open(BytesIO(parts.front)))
        back = stack.enter_context(pikepdf.open(BytesIO(parts.back)))
        marks = stack.enter_context(pikepdf.open(BytesIO(parts.stamps))) if parts.stamps else None
        starts: dict[str, int] = {}
        bookmarks: dict[str, list[OutlineItem]] = {}
        volume.add_pages_from(front)
        base = len(volume.pages) + len(volume.pages) % 2
        stamped = 0
        for paper in book.papers():
            source = stack.enter_context(pikepdf.open(parts.files[paper.id]))
            start = base + book.pages[paper.id].first - 1
            _blanks(volume, start)
            bookmarks[paper.id] = own_bookmarks(source, start)
            volume.add_pages_from(source)
            starts[file_name(paper)] = start
            for number in range(start, len(volume.pages)):
                clean(volume.pages[number])
                if marks is not None:
                    stamp(volume, volume.pages[number], marks.pages[stamped], stamped)
                stamped += 1
            step(paper)
        end = base + back_start(book) - 1
        _blanks(volume, end)
        volume.add_pages_from(back)
        own = [*range(base), *range(end, len(volume.pages))]
        _resolve(volume, own, starts)
        _label(volume, base)
        _bookmark(volume, book, _parts(front, 0), _parts(back, end), starts, bookmarks)
        describe(volume, about_volume(book))
        save(volume, target)


def back_start(book: Book) -> int:
    """Number of the first page after the papers: a right-hand one, as is page 1."""
    last = max((pages.last for pages in book.pages.values()), default=0)
    return last + 1 + last % 2


def _blanks(volume: Pdf, until: int) -> None:
    """Empty pages up to a part that must begin on a right-hand page."""
    while len(volume.pages) < until:
        before = volume.pages[-1]
        volume.add_blank_page(page_size=(float(before.mediabox[2]), float(before.mediabox[3])))


def single(book: Book, paper: Paper, file: Path, marks: Pdf | None, first_mark: int, target: Path) -> None:
    """Write one paper to ``target``.

    Stamped with pages of ``marks`` from ``first_mark``, or unstamped without them.
    """
    with _quiet(), Pdf.new() as pdf, pikepdf.open(file) as source:
        pdf.add_pages_from(source)
        for number, page in enumerate(pdf.pages):
            clean(page)
            if marks is not None:
                stamp(pdf, page, marks.pages[first_mark + number], number)
        items = own_bookmarks(source, 0)
        if items:
            with pdf.open_outline() as outline:
                outline.root.extend(items)
        first = book.pages[paper.id].first
        pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=first)])))
        describe(pdf, about_paper(book, paper))
        save(pdf, target)


def front_matter(book: Book, front: bytes, target: Path) -> None:
    """Cover to contents alone (ACL's ``0.pdf``).

    Links into papers lead to the papers' own files beside it.
    """
    with pikepdf.open(BytesIO(front)) as pdf:
        for page in pdf.pages:
            for note, name in _own_links(page):
                note.A = Dictionary(S=Name.URI, URI=String(f"{name}.pdf"))
        pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=Array([0, Dictionary(S=Name.r)])))
        describe(pdf, about_volume(book))
        save(pdf, target)


def save(pdf: Pdf, target: Path) -> None:
    """Write with an identity made from the content, so that the same volume is the same file."""
    pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)


def _own_links(page: Page) -> Iterator[tuple[Dictionary, str]]:
    for note in page.obj.get("/Annots") or []:
        action = note.get("/A") if isinstance(note, Dictionary) else None
        uri = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        if uri.startswith(_SCHEME):
            yield cast(Dictionary, note), uri.removeprefix(_SCHEME)


def _resolve(volume: Pdf, pages: list[int], starts: Mapping[str, int]) -> None:
    """Links of our own pages become jumps to the papers' first pages."""
    for number in pages:
        for note, name in _own_links(volume.pages[number]):
            if name in starts:
                target = volume.pages[starts[name]].obj
                note.A = Dictionary(S=Name.GoTo, D=Array([target, Name.Fit]))


def _label(volume: Pdf, base: int) -> None:
    """Roman numbers on the front matter, arabic ones from the first paper on."""
    tree = NumberTree.new(volume)
    tree[0] = Dictionary(S=Name.r)
    tree[base] = Dictionary(S=Name.D)
    volume.Root.PageLabels = tree.obj


def _parts(pdf: Pdf, offset: int) -> list[tuple[str, int]]:
    """Title and page of each part of our own pages, from the bookmarks that typst wrote for its headings."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found = []
    with pdf.open_outline() as outline:
        for item in outline.root:
            target = item.destination
            if isinstance(target, Array) and isinstance(target[0], Dictionary):
                found.append((item.title, offset + pages[target[0].objgen]))
    return found


def _bookmark(
    volume: Pdf,
    book: Book,
    front: list[tuple[str, int]],
    back: list[tuple[str, int]],
    starts: Mapping[str, int],
    inner: Mapping[str, list[OutlineItem]],
) -> None:
    language = book.volume.language
    with volume.open_outline() as outline:
        outline.root.extend(OutlineItem(title, page) for title, page in front)
        for session, papers in book.sessions():
            items = []
            for paper in papers:
                item = OutlineItem(plain(paper.title.pick(book.language(paper))), starts[file_name(paper)])
                item.is_closed = True
                item.children.extend(inner[paper.id])
                items.append(item)
            heading = plain(session.title.pick(language))
            if not heading:
                outline.root.extend(items)
                continue
            group = OutlineItem(heading, starts[file_name(papers[0])])
            group.children.extend(items)
            outline.root.append(group)
        outline.root.extend(OutlineItem(title, page) for title, page in back)


@contextmanager
def _many_files(count: int) -> Iterator[None]:
    """Every paper stays open until the volume is written.

    Ask for enough file handles, as far as the system allows.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 256
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Faults of authors' files have been reported by the checks; the library's own warnings add nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
