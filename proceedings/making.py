"""Makes one format after another into a folder; what several formats need is made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from pikepdf import Page

from proceedings.assembly.binding import Parts, back_start, bind, front_matter, single
from proceedings.assembly.stamping import opened
from proceedings.findings import Finding
from proceedings.formats import RECORDS, epub, site
from proceedings.isolation import Pool
from proceedings.papers import Prepared
from proceedings.setting import Press, Sheets
from proceedings.setting.back import back
from proceedings.setting.front import front
from proceedings.setting.stamps import stamps
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper
from proceedings.word.volume import write_volume

_SHEET = 100  # stamps set at a time: the press keeps every page of a sheet in memory until it is done


class Maker:
    """The formats of one book. ``made`` maps each file made, relative to ``folder``, to its format;
    ``findings`` say what came up while making.
    """

    def __init__(self, book: Book, prepared: Mapping[str, Prepared], press: Press, pool: Pool, folder: Path) -> None:
        self.book = book
        self.prepared = prepared
        self.press = press
        self.pool = pool
        self.folder = folder
        self.made: dict[str, str] = {}
        self.findings: list[Finding] = []

    def make(self, name: str) -> None:
        """Make one format of :data:`FORMATS`."""
        if name == "zip":
            return  # packed last of all, when everything else is there
        if name in RECORDS:
            for path, data in RECORDS[name](self.book).items():
                self.file(path, name).write_bytes(data)
        else:
            _BOUND[name](self)

    def file(self, path: str, name: str) -> Path:
        """Where to write a file of format ``name``; its folder is there."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self.made[path] = name
        return target

    @cached_property
    def front(self) -> Sheets:
        """Front matter."""
        return self.press.begin("front", [front(self.book, self.press.picture, self._page)])

    @cached_property
    def back(self) -> Sheets:
        """Indexes and colophon; they begin on a right-hand page."""
        return self.press.begin("back", [back(self.book, back_start(self.book))])

    @cached_property
    def stamps(self) -> Sheets | None:
        """The stamps of all papers' pages, or ``None`` where the volume wants none."""
        if not self.book.volume.options.stamp:
            return None
        pages = {paper.id: self.prepared[paper.id].pages for paper in self.book.papers()}
        made, complaints = stamps(self.book, pages)
        self.findings += complaints
        return self.press.begin("stamps", [{"stamps": made[at : at + _SHEET]} for at in range(0, len(made), _SHEET)])

    def _page(self, paper: Paper) -> str:
        return str(self.book.pages[paper.id].first)

    def pdf_of(self, paper: Paper) -> Path:
        """The PDF of a paper that passed."""
        path = self.prepared[paper.id].pdf
        if path is None:
            raise ValueError(f"paper {paper.id} was refused")
        return path

    def volume_pdf(self) -> None:
        """``volume.pdf``."""
        files = {paper.id: self.pdf_of(paper) for paper in self.book.papers()}
        parts = Parts(stamps=self.stamps, front=self.front, back=self.back, files=files)
        bind(self.book, parts, self.file("volume.pdf", "pdf"))

    def paper_pdfs(self) -> None:
        """``papers/0.pdf`` (front matter) and one stamped PDF per paper."""
        front_matter(self.book, self.front.files()[0], self.file("papers/0.pdf", "papers"))
        with opened(self.stamps.files() if self.stamps else ()) as marks:
            self._singles("papers", marks)

    def unstamped_pdfs(self) -> None:
        """One PDF per paper with its metadata and nothing added to its pages (IEEE stamps after
        certifying).
        """
        self._singles("unstamped", ())

    def _singles(self, name: str, marks: Sequence[Page]) -> None:
        at = 0
        for paper in self.book.papers():
            target = self.file(f"{name}/{file_name(paper)}.pdf", name)
            count = self.book.pages[paper.id].count
            single(self.book, paper, self.pdf_of(paper), marks[at : at + count], target)
            at += count

    def volume_docx(self) -> None:
        """``volume.docx``: authors' Word documents merged, the record of every other paper."""
        self.findings += write_volume(self.book, self.documents, self.file("volume.docx", "docx"))

    def html(self) -> None:
        """The static site."""
        for path, data in site.write(self.book, papers_made="papers" in self.made.values()).items():
            self.file(path, "html").write_bytes(data)

    def epub(self) -> None:
        """``volume.epub``."""
        self.file("volume.epub", "epub").write_bytes(epub.write(self.book, self.documents))

    @property
    def documents(self) -> Mapping[str, Path]:
        """The cleaned Word documents, by paper."""
        return {id_: paper.document for id_, paper in self.prepared.items() if paper.document is not None}


_BOUND: Mapping[str, Callable[[Maker], None]] = {
    "pdf": Maker.volume_pdf,
    "papers": Maker.paper_pdfs,
    "unstamped": Maker.unstamped_pdfs,
    "docx": Maker.volume_docx,
    "html": Maker.html,
    "epub": Maker.epub,
}
FORMATS: tuple[str, ...] = (*_BOUND, *RECORDS, "zip")
