"""Each paper's file inspected, and made a PDF where it is not one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from proceedings.assembly.binding import sizes_of
from proceedings.findings import Finding, found
from proceedings.inspection import Kind, Report, inspect
from proceedings.isolation import Pool
from proceedings.office import OfficeError, to_pdf
from proceedings.volume.book import file_name
from proceedings.volume.model import Paper, Volume


@dataclass(frozen=True)
class Prepared:
    """A paper ready for the press: its PDF, the visible size of each page, what was found in its file."""

    paper: Paper
    report: Report | None
    pdf: Path | None
    sizes: tuple[tuple[float, float], ...]
    findings: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """Number of pages; 0 for a paper that cannot be printed."""
        return len(self.sizes)


def prepare(volume: Volume, scratch: Path, pool: Pool, step: Callable[[int, int, str], None]) -> dict[str, Prepared]:
    """Every printed paper by id, several at a time; ``step`` is told (done, total, id)."""
    papers = list(volume.printed())
    with ThreadPoolExecutor(max_workers=pool.jobs) as threads:
        waiting: list[tuple[Paper, Future[Prepared]]] = [
            (paper, threads.submit(_prepare, paper, scratch, pool)) for paper in papers
        ]
        made = {}
        for number, (paper, future) in enumerate(waiting):
            step(number, len(papers), paper.id)
            made[paper.id] = future.result()
    step(len(papers), len(papers), "")
    return made


def _prepare(paper: Paper, scratch: Path, pool: Pool) -> Prepared:
    if paper.file is None:
        return Prepared(paper, None, None, (), (found("paper-without-file").about(paper.id),))
    report = inspect(paper.file, pool=pool)
    findings = tuple(finding.about(paper.id) for finding in report.findings)
    prepared = Prepared(paper, report, None, (), findings)
    if report.refused:
        return prepared
    if report.kind is Kind.PDF:
        return replace(prepared, pdf=paper.file, sizes=tuple((page.width, page.height) for page in report.pages))
    target = scratch / f"{file_name(paper)}.pdf"
    try:
        to_pdf(paper.file, target)
    except OfficeError as error:
        return replace(prepared, findings=(*findings, found(error.code).about(paper.id)))
    return replace(prepared, pdf=target, sizes=tuple(sizes_of(target)))
