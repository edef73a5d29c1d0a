"""The engine's look at a final version, as plain data to keep and sentences to show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from confsys.core.i18n import current_locale

if TYPE_CHECKING:
    from proceedings import Pool


@dataclass(frozen=True, slots=True)
class Note:
    """One finding in the reader's language."""

    text: str
    severity: str

    @property
    def state(self) -> str:
        return {"error": "wrong", "warning": "waiting"}.get(self.severity, "done")


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in a file. ``findings`` is JSON for the database."""

    refused: bool
    pages: int | None
    findings: list[dict[str, Any]]


def look_at(path: Path, name: str, pool: Pool | None = None) -> Look:
    """Inspect a PDF or DOCX that is meant to be printed. A ``pool`` saves starting a process for each of many."""
    # The engine loads PDF libraries that the web process does not need at start.
    from proceedings import inspect  # noqa: PLC0415

    report = inspect(path, name=name, pool=pool)
    return Look(
        refused=report.refused,
        pages=len(report.pages) or None,
        findings=[finding.as_dict() for finding in report.findings],
    )


def notes(findings: list[Any]) -> list[Note]:
    """Kept findings as sentences. Both languages were stored, so nothing needs to be loaded."""
    locale = current_locale()
    return [Note(f["text"][locale], f["severity"]) for f in findings]


def has_errors(findings: list[Any]) -> bool:
    return any(f["severity"] == "error" for f in findings)


def worst_first(findings: list[Any]) -> list[Any]:
    """Errors before warnings before notes, each in the order it was found: what stops a build is read first."""
    order = {"error": 0, "warning": 1}
    return sorted(findings, key=lambda finding: order.get(finding["severity"], len(order)))
