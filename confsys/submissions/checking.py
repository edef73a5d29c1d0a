"""Looking at an uploaded paper: what the inspection engine saw, and what this event asks for."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import proceedings
from confsys.core.i18n import Lazy, current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.submissions.content import AuthorContent
from confsys.submissions.options import PAPER_SIZES, SubmissionOptions
from proceedings import Finding, Severity

#: Sentences about the event's own rules; the engine brings those about the file itself.
RULES: dict[str, Lazy] = {
    "rule-too-long": _l("The paper has %(pages)s pages; this event takes at most %(limit)s."),
    "rule-too-short": _l("The paper has %(pages)s pages; this event asks for at least %(limit)s."),
    "rule-paper-size": _l("The pages are not %(size)s; please set the paper size and make the file again."),
}
#: Points by which a page may miss its size: printers round differently.
TOLERANCE = 5
WORKERS = 2
#: The sender's file name is never shown to a reader: see ``views.files``.
_NOT_HERE = {"anonymity-file-name"}
_pools: dict[int, proceedings.Pool] = {}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was found, as data; its sentence is made when somebody reads it."""

    code: str
    severity: Severity
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        if self.code in RULES:
            return str(RULES[self.code]) % dict(self.params)
        return Finding(self.code, self.severity, self.params).text(current_locale())

    @property
    def refuses(self) -> bool:
        return self.severity is Severity.ERROR

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "severity": self.severity.value, "params": dict(self.params)}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Check:
        return cls(row["code"], Severity(row["severity"]), row["params"])


@dataclass(frozen=True, slots=True)
class Examination:
    """The outcome for one file. ``pages`` is None for a document that has none of its own (DOCX)."""

    checks: tuple[Check, ...] = ()
    pages: int | None = None

    @property
    def refused(self) -> bool:
        return any(check.refuses for check in self.checks)

    @property
    def refusals(self) -> list[Check]:
        return [check for check in self.checks if check.refuses]


def examine(
    path: Path, *, name: str, options: SubmissionOptions, authors: Sequence[AuthorContent] = (), blind: bool = False
) -> Examination:
    """Inspect one upload, called ``name`` by its sender, against the event's rules.

    Takes seconds: never call it inside a transaction. ``blind``: the authors must not be found in it.
    """
    people = [_person(author) for author in authors] if blind else []
    report = proceedings.inspect(path, name=name, accept=options.accept, authors=people, blind=blind, pool=_pool())
    pages = len(report.pages) or None
    rules = _rule_checks(report, options) if report.opens else ()
    seen = [_judged(finding, options) for finding in report.findings if finding.code not in _NOT_HERE]
    return Examination((*seen, *rules), pages)


def _person(author: AuthorContent) -> proceedings.Person:
    return proceedings.Person.of(
        {
            "given": author.name.given, "family": author.name.family, "native": author.name.native,
            "email": author.email, "affiliation": author.affiliation.as_dict(),
        }
    )  # fmt: skip


def _judged(finding: Finding, options: SubmissionOptions) -> Check:
    """A paper for review need not be fit for print: a font that is not embedded only gets a warning."""
    severity = finding.severity
    if finding.code == "font-not-embedded" and not options.fonts_embedded:
        severity = Severity.WARNING
    return Check(finding.code, severity, dict(finding.params))


def _rule_checks(report: proceedings.Report, options: SubmissionOptions) -> Iterator[Check]:
    pages = len(report.pages)
    if not pages:
        return
    severity = Severity.ERROR if options.pages_strict else Severity.WARNING
    if options.pages_max and pages > options.pages_max:
        yield Check("rule-too-long", severity, {"pages": pages, "limit": options.pages_max})
    if options.pages_min and pages < options.pages_min:
        yield Check("rule-too-short", severity, {"pages": pages, "limit": options.pages_min})
    wanted = PAPER_SIZES.get(options.page_size)
    if wanted and not all(_fits((page.width, page.height), wanted) for page in report.pages):
        yield Check("rule-paper-size", Severity.WARNING, {"size": options.page_size.upper()})


def _fits(size: tuple[float, float], wanted: tuple[int, int]) -> bool:
    """Whether a page has a size, upright or turned."""
    return all(abs(a - b) <= TOLERANCE for a, b in zip(sorted(size), sorted(wanted), strict=True))


def _pool() -> proceedings.Pool:
    """This process's workers, started at the first upload and ended with it; a forked child has its own."""
    pid = os.getpid()
    if pid not in _pools:
        pool = proceedings.Pool(WORKERS)
        _pools[pid] = pool
        atexit.register(pool.__exit__, None, None, None)
    return _pools[pid]
