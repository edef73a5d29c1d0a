"""Running heads and feet: lines that come back in the same band of most pages."""

from __future__ import annotations

import re
from collections import Counter

from proceedings.inspection.report import Report

_SHARE = 0.7  # of the pages
_LEAST = 3  # pages: fewer show no habit


def running_lines(report: Report, band: str) -> frozenset[str]:
    """Recurring lines of ``band`` ("head" or "foot"), without figures."""
    if len(report.pages) < _LEAST:
        return frozenset()
    lines: Counter[str] = Counter()
    for page in report.pages:
        lines.update({plain_line(line) for line in getattr(page, band).splitlines()} - {""})
    return frozenset(line for line, count in lines.items() if count >= _SHARE * len(report.pages))


def plain_line(line: str) -> str:
    """A line without figures, so that a page's number does not tell it from the next page's."""
    return " ".join(re.sub(r"\d+", "", line).split())


def text_without_running(report: Report) -> tuple[str, ...]:
    """Text of the pages without running lines, and without a number alone on a page's first or last line."""
    running = running_lines(report, "head") | running_lines(report, "foot")
    return tuple(_stripped(text, running) for text in report.text)


def _stripped(text: str, running: frozenset[str]) -> str:
    lines = text.splitlines()
    kept = [line for line in lines if plain_line(line) not in running] if running else lines
    for end in (0, -1):
        if kept and kept[end].strip().isdigit():
            del kept[end]
    return "\n".join(kept)
