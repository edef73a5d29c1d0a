"""The event decides how grave a finding is, but cannot make a broken file whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from proceedings.findings import Finding, Severity
from proceedings.volume.model import Profile

# Without these there is nothing to print, whatever an event's settings say.
FATAL = frozenset(
    {
        "file-missing", "file-empty", "file-too-large", "file-is-html", "file-is-pdf", "file-is-docx", "file-is-zip",
        "file-is-doc", "file-is-other", "file-not-accepted", "inspection-abandoned", "pdf-password", "pdf-damaged",
        "pdf-no-pages", "pdf-too-many-pages", "docx-damaged", "docx-password", "docx-bomb", "paper-without-file",
        "office-absent", "office-failed", "volume-frozen-pages",
    }
)  # fmt: skip


def weigh(findings: Iterable[Finding], profile: Profile) -> tuple[Finding, ...]:
    """The findings with the event's severities; those that it switched off are gone."""
    kept = []
    for finding in findings:
        wanted = profile.severity.get(finding.code, finding.severity.value)
        if finding.code in FATAL or wanted == finding.severity.value:
            kept.append(finding)
        elif wanted != "off":
            kept.append(replace(finding, severity=Severity(wanted)))
    return tuple(kept)
