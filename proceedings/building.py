"""From a folder with ``volume.json`` to a finished, verified volume in every format asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import cast

from proceedings.findings import Finding, found
from proceedings.index import author_index
from proceedings.inputs import inputs
from proceedings.isolation import Pool
from proceedings.making import FORMATS, Maker
from proceedings.packing import package
from proceedings.papers import Prepared, prepare
from proceedings.publish import replacing
from proceedings.report import report_files
from proceedings.report.pictures import draw_all
from proceedings.result import Result, artefacts
from proceedings.setting import Press, SettingError
from proceedings.setting.markdown import PrefaceError
from proceedings.verify.check import Check
from proceedings.verify.verify import findings_of, verify
from proceedings.volume import Book, VolumeError, load
from proceedings.volume.layout import lay_out


@dataclass(frozen=True)
class Progress:
    """Where a build stands.

    ``step`` is read, papers, set, bind, formats or verify; ``subject`` a paper or format.
    """

    step: str
    done: int
    total: int
    subject: str = ""


def build(
    volume_dir: Path | str,
    out_dir: Path | str,
    only: Collection[str] | None = None,
    *,
    jobs: int | None = None,
    schemas: Path | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Result:
    """Build the volume in ``volume_dir`` into ``out_dir``.

    ``only`` names formats (default: all of :data:`FORMATS`); ``ValueError`` for one that is unknown.
    ``schemas`` is a folder of official XML schemas to hold our records against. Never raises for what the
    volume or its papers hold: a bad ``volume.json``, a refused paper or a volume that fails its own
    verification gives a result without artefacts, and ``out_dir`` stays as it was. Same input, same
    bytes.
    """
    wanted = _wanted(only)
    with _Workshop(volume_dir, jobs, progress) as shop:
        checked = shop.check()
        if checked.book is None or checked.code >= _STOPS:
            return replace(checked, folder=Path(out_dir))
        return shop.make(checked, Path(out_dir), wanted, schemas)


def check(
    volume_dir: Path | str,
    report_dir: Path | str | None = None,
    *,
    jobs: int | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Result:
    """Check the volume and every paper without building.

    With ``report_dir`` write the report and its pictures there.
    """
    with _Workshop(volume_dir, jobs, progress) as shop:
        result = shop.check()
        if report_dir is not None and result.book is not None:
            with replacing(Path(report_dir)) as folder:
                write_report(result.book, result.papers, result.findings, (), folder, shop.pool)
        return replace(result, folder=Path(report_dir or volume_dir))


_STOPS = 2  # the exit code from which on nothing is built


def _wanted(only: Collection[str] | None) -> list[str]:
    unknown = sorted(set(only or ()) - set(FORMATS))
    if unknown:
        raise ValueError(f"unknown format: {', '.join(unknown)}")
    return [name for name in FORMATS if only is None or name in only]


class _Workshop:
    """The workers and the scratch folder of one build."""

    def __init__(self, volume_dir: Path | str, jobs: int | None, progress: Callable[[Progress], None]) -> None:
        self.volume_dir = Path(volume_dir)
        self.progress = progress
        self.pool = Pool(jobs or os.cpu_count() or 1)
        self._scratch = tempfile.TemporaryDirectory(prefix="volume-")
        self._open = ExitStack()

    def __enter__(self) -> _Workshop:
        self._open.enter_context(self._scratch)
        self._open.enter_context(self.pool)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def check(self) -> Result:
        """Read the volume, inspect and check its papers, count its pages."""
        self.progress(Progress("read", 0, 1))
        try:
            volume = load(self.volume_dir)
        except VolumeError as error:
            return Result(self.volume_dir, None, {}, error.findings)
        papers = prepare(
            volume, Path(self._scratch.name), self.pool, lambda *at: self.progress(Progress("papers", *at))
        )
        book, faults = lay_out(volume, {id_: paper.count for id_, paper in papers.items()})
        findings = [*(finding for paper in papers.values() for finding in paper.findings), *faults]
        return Result(self.volume_dir, book, papers, (*findings, *homonyms(book), *inputs(volume)))

    def make(self, checked: Result, out_dir: Path, wanted: list[str], schemas: Path | None) -> Result:
        """Make the formats into a new folder, read them back, and put the folder in place if all held."""
        try:
            with replacing(out_dir) as folder:
                result = self._make(checked, folder, wanted, schemas)
                if result.code >= _STOPS:
                    raise _UnsoundError(result)
        except _UnsoundError as unsound:
            return replace(unsound.result, folder=out_dir, artefacts=())
        return replace(result, folder=out_dir)

    def _make(self, checked: Result, folder: Path, wanted: list[str], schemas: Path | None) -> Result:
        book = cast(Book, checked.book)
        self.pool.rest()  # what the workers hold of the papers is no longer needed
        with Press(self.pool, book.volume.folder / "fonts") as press:
            maker = Maker(book, checked.papers, press, self.pool, folder)
            try:
                for number, name in enumerate(wanted):
                    self.progress(Progress("formats", number, len(wanted), name))
                    maker.make(name)
            except (SettingError, PrefaceError) as error:
                fault = found("front-matter", problem=str(error))
                return replace(checked, findings=(*checked.findings, fault))
        self.progress(Progress("verify", 0, 1))
        self.pool.rest()  # the press has filled them with fonts
        checks = verify(book, folder, maker.made, self.pool, schemas)
        findings = (*checked.findings, *maker.findings, *findings_of(checks, book))
        write_report(book, checked.papers, findings, checks, folder, self.pool)
        if "zip" in wanted:
            package(book, folder)
        self.progress(Progress("verify", 1, 1))
        return Result(folder, book, checked.papers, findings, artefacts(folder, maker.made), tuple(checks))


class _UnsoundError(Exception):
    """The volume failed its own verification; carries the result out of the folder's context."""

    def __init__(self, result: Result) -> None:
        super().__init__("the volume does not hold together")
        self.result = result


def write_report(
    book: Book,
    papers: Mapping[str, Prepared],
    findings: Sequence[Finding],
    checks: Sequence[Check],
    folder: Path,
    pool: Pool,
) -> None:
    """``report.html``, ``report.json`` and the pictures in ``report/``."""
    (folder / "report").mkdir(exist_ok=True)
    pictures = draw_all(papers, tuple(findings), folder / "report", pool)
    for name, data in report_files(book, findings, checks, pictures).items():
        (folder / name).write_bytes(data)


def homonyms(book: Book) -> list[Finding]:
    """Names that the author index lists more than once."""
    return [found("index-homonym", name=name.name, count=name.count) for name in author_index(book)[1]]
