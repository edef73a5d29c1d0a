"""Each paper's file inspected, and made a PDF where it is not one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from proceedings.checks import Traces, camera_ready, duplicates, weigh
from proceedings.checks.weigh import FATAL
from proceedings.findings import Finding, found
from proceedings.inspection import Kind, Page, Report, inspect
from proceedings.isolation import Pool
from proceedings.office import OfficeError, to_pdf
from proceedings.volume.book import file_name
from proceedings.volume.model import Paper, Profile, Volume
from proceedings.word.cleaning import clean


@dataclass(frozen=True)
class Prepared:
    """A paper ready for the press.

    ``report`` tells of the file as it came, ``printed`` of the PDF that is bound (the same for a PDF).
    ``document`` is the cleaned Word document of a paper that came as one; ``traces`` tell it from others.
    """

    paper: Paper
    report: Report | None = None
    printed: Report | None = None
    pdf: Path | None = None
    findings: tuple[Finding, ...] = ()
    document: Path | None = None
    traces: Traces | None = None

    @property
    def pages(self) -> tuple[Page, ...]:
        """Pages of the PDF; none for a paper that cannot be printed."""
        return self.printed.pages if self.printed is not None and self.pdf is not None else ()

    @property
    def count(self) -> int:
        """Number of pages; 0 for a paper that cannot be printed."""
        return len(self.pages)


def prepare(volume: Volume, scratch: Path, pool: Pool, step: Callable[[int, int, str], None]) -> dict[str, Prepared]:
    """Every printed paper by id, several at a time; ``step`` is told (done, total, id)."""
    papers = list(volume.printed())
    with ThreadPoolExecutor(max_workers=pool.jobs) as threads:
        waiting: list[tuple[Paper, Future[Prepared]]] = [
            (paper, threads.submit(prepare_paper, paper, volume.profile, scratch, pool)) for paper in papers
        ]
        made = {}
        for number, (paper, future) in enumerate(waiting):
            step(number, len(papers), paper.id)
            made[paper.id] = future.result()
    step(len(papers), len(papers), "")
    twins = duplicates({id_: (paper.paper, paper.traces) for id_, paper in made.items()})
    for finding in weigh(twins, volume.profile):
        if finding.paper is not None:
            made[finding.paper] = replace(made[finding.paper], findings=(*made[finding.paper].findings, finding))
    return made


def prepare_paper(paper: Paper, profile: Profile, scratch: Path, pool: Pool) -> Prepared:
    """One paper.

    Its file inspected, a Word document cleaned and made a PDF, all checks of the paper alone run.
    """
    prepared = _read(paper, scratch, pool)
    more = camera_ready(paper, profile, prepared.printed if prepared.pdf else None)
    findings = weigh((*prepared.findings, *(finding.about(paper.id) for finding in more)), profile)
    traces = Traces.of(prepared.printed) if prepared.printed is not None else None
    return replace(prepared, findings=findings, traces=traces)


def _read(paper: Paper, scratch: Path, pool: Pool) -> Prepared:
    if paper.file is None:
        return Prepared(paper, findings=(found("paper-without-file").about(paper.id),))
    report = inspect(paper.file, pool=pool)
    findings = tuple(finding.about(paper.id) for finding in report.findings)
    if not report.opens or any(finding.code in FATAL for finding in findings):
        return Prepared(paper, report, findings=findings)
    if report.kind is Kind.PDF:
        return Prepared(paper, report, report, paper.file, findings)
    document, target = (scratch / f"{file_name(paper)}.{ending}" for ending in ("docx", "pdf"))
    clean(paper.file, document)
    try:
        to_pdf(document, target)
    except OfficeError as error:
        return Prepared(paper, report, findings=(*findings, found(error.code).about(paper.id)))
    return Prepared(paper, report, inspect(target, pool=pool), target, findings, document)
