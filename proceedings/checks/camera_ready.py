"""All checks of one paper that need nothing but the paper."""

from __future__ import annotations

from collections.abc import Iterator

from proceedings.checks import fonts, forms, layout, leftovers, length, metadata, references, words
from proceedings.findings import Finding
from proceedings.inspection import Report
from proceedings.volume.model import Paper, Profile


def camera_ready(paper: Paper, profile: Profile, printed: Report | None) -> Iterator[Finding]:
    """Findings beyond those of the inspection; ``printed`` is the report of the PDF that is bound, if
    there is one.

    Severities are the catalogue's: see :func:`proceedings.checks.weigh`.
    """
    yield from forms.check(paper, profile)
    yield from words.check(paper, profile)
    if printed is None or not printed.opens:
        return
    yield from layout.check(printed, profile)
    yield from length.check(printed, profile)
    yield from fonts.check(printed, profile)
    yield from leftovers.check(printed)
    yield from metadata.check(paper, printed)
    yield from references.check(paper, printed, profile)
