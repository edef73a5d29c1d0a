"""The volume and the single papers as PDF."""

from __future__ import annotations

import resource
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, OutlineItem, Page, Pdf, String

from proceedings.assembly.outline import own_bookmarks
from proceedings.assembly.stamping import clean, opened, stamp
from proceedings.assembly.xmp import about_paper, about_volume, describe
from proceedings.markup import plain
from proceedings.setting import Sheets
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper

_SCHEME = "volume:"  # links of our own pages into the volume, see words.typ


@dataclass(frozen=True)
class Parts:
    """What is bound.

    The papers' files by id, and our own pages, which may still be being set. ``stamps`` have a page per
    paper's page; ``None`` where the volume wants none.
    """

    front: Sheets
    back: Sheets
    stamps: Sheets | None
    files: Mapping[str, Path]


def bind(book: Book, parts: Parts, target: Path) -> None:
    """Write the volume to ``target``. Raises ``SettingError`` where our own pages could not be set."""
    with ExitStack() as stack, _many_files(len(parts.files)), _quiet():
        volume = stack.enter_context(Pdf.new())
        # The papers first: gathering them takes about as long as our own pages take to be set.
        sources = _gather(volume, book, parts.files, stack)
        _blanks(volume, back_start(book) - 1)
        front, back = (stack.enter_context(pikepdf.open(sheets.files()[0])) for sheets in (parts.front, parts.back))
        volume.add_pages_from(back)
        marks = stack.enter_context(opened(parts.stamps.files())) if parts.stamps else []
        for number, (place, mark) in enumerate(zip(_printed(book), marks, strict=False)):
            stamp(volume, volume.pages[place], mark, number)
        _blanks(front, len(front.pages) + len(front.pages) % 2)
        base = len(front.pages)
        for number, page in enumerate(front.pages):
            volume.pages.insert(number, page)
        starts = {paper.id: base + book.pages[paper.id].first - 1 for paper in book.papers()}
        bookmarks = {id_: own_bookmarks(source, starts[id_]) for id_, source in sources.items()}
        end = base + back_start(book) - 1
        _resolve(volume, [*range(base), *range(end, len(volume.pages))], _by_name(book, starts))
        _label(volume, base)
        _bookmark(volume, book, _parts(front, 0), _parts(back, end), starts, bookmarks)
        describe(volume, about_volume(book))
        save(volume, target)


def _gather(volume: Pdf, book: Book, files: Mapping[str, Path], stack: ExitStack) -> dict[str, Pdf]:
    """All papers into ``volume``, each from its page on (page 1 first); the papers' documents by id."""
    sources = {}
    for paper in book.papers():
        source = sources[paper.id] = stack.enter_context(pikepdf.open(files[paper.id]))
        start = book.pages[paper.id].first - 1
        _blanks(volume, start)
        volume.add_pages_from(source)
        for number in range(start, len(volume.pages)):
            clean(volume.pages[number])
    return sources


def _printed(book: Book) -> Iterator[int]:
    """The papers' pages in order, counted from 0 at page 1; blank ones are passed over."""
    for paper in book.papers():
        pages = book.pages[paper.id]
        yield from range(pages.first - 1, pages.last)


def _by_name(book: Book, starts: Mapping[str, int]) -> dict[str, int]:
    return {file_name(paper): starts[paper.id] for paper in book.papers()}


def back_start(book: Book) -> int:
    """Number of the first page after the papers: a right-hand one, as is page 1."""
    last = max((pages.last for pages in book.pages.values()), default=0)
    return last + 1 + last % 2


def _blanks(volume: Pdf, until: int) -> None:
    """Empty pages up to a part that must begin on a right-hand page."""
    while len(volume.pages) < until:
        before = volume.pages[-1]
        volume.add_blank_page(page_size=(float(before.mediabox[2]), float(before.mediabox[3])))


def single(book: Book, paper: Paper, file: Path, marks: Sequence[Page], target: Path) -> None:
    """Write one paper to ``target``, stamped with ``marks``, one for each page, or unstamped without any."""
    with _quiet(), Pdf.new() as pdf, pikepdf.open(file) as source:
        pdf.add_pages_from(source)
        for number, page in enumerate(pdf.pages):
            clean(page)
            if marks:
                stamp(pdf, page, marks[number], number)
        items = own_bookmarks(source, 0)
        if items:
            with pdf.open_outline() as outline:
                outline.root.extend(items)
        first = book.pages[paper.id].first
        pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=first)])))
        describe(pdf, about_paper(book, paper))
        save(pdf, target)


def front_matter(book: Book, front: Path, target: Path) -> None:
    """Cover to contents alone (ACL's ``0.pdf``).

    Links into papers lead to the papers' own files beside it.
    """
    with pikepdf.open(front) as pdf:
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
                item = OutlineItem(plain(paper.title.pick(book.language(paper))), starts[paper.id])
                item.is_closed = True
                item.children.extend(inner[paper.id])
                items.append(item)
            heading = plain(session.title.pick(language))
            if not heading:
                outline.root.extend(items)
                continue
            group = OutlineItem(heading, starts[papers[0].id])
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
