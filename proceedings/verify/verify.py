"""All that is read back, and what of it goes into the findings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from proceedings.findings import Finding, Severity, found
from proceedings.isolation import Pool
from proceedings.verify import links, pdf, records, schemas
from proceedings.verify.check import Check
from proceedings.volume.book import Book


def verify(book: Book, folder: Path, made: Mapping[str, str], pool: Pool, schema_folder: Path | None) -> list[Check]:
    """Every check of the files in ``folder``; ``made`` maps their paths to formats."""
    checks: list[Check] = []
    if "volume.pdf" in made:
        checks += pdf.check(book, folder / "volume.pdf", pool)
    checks += records.check(book, folder, made)
    checks += links.check(
        folder, sorted(path for path, kind in made.items() if kind == "html" and path.endswith(".html"))
    )
    checks += schemas.check(folder, made, schema_folder)
    return checks


def findings_of(checks: list[Check], book: Book) -> list[Finding]:
    """Failures as findings.

    A fault of the volume is an error, one that a paper's own PDF may cause a warning.
    """
    ids = {paper.id for paper in book.papers()}
    findings = []
    for check in checks:
        if check.held:
            continue
        code = "verify-failed" if check.firm else "verify-doubt"
        finding = found(code, what=check.name, subject=check.subject, problem=check.problem)
        if check.subject in ids and finding.severity is not Severity.ERROR:
            finding = finding.about(check.subject)
        findings.append(finding)
    return findings
