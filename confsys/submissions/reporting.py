"""This room's part of the reports: papers received, accepted, and how long the authors waited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportPart, ReportScope, ReportTable
from confsys.core.reporting import Col, Rows, span_of
from confsys.events.states import Feature
from confsys.submissions.queries import received
from confsys.submissions.queries.received import DECIDED, PaperLine
from confsys.submissions.rules import may_list
from confsys.submissions.states import SubmissionState
from confsys.submissions.wording import STATE_WORDS

ACCEPTED = SubmissionState.ACCEPTED
#: Beyond this a picture shows the largest groups only.
GROUPS = 12
COLUMNS: list[Col[PaperLine]] = [
    Col("event", _l("Event"), lambda p: p.event),
    Col("track", _l("Track"), lambda p: p.track),
    Col("title", _l("Title, if accepted"), lambda p: p.title),
    Col("state", _l("State"), lambda p: STATE_WORDS[p.state]),
    Col("received", _l("Received"), lambda p: p.received, "date"),
    Col("told", _l("Decision told"), lambda p: p.told, "date"),
    Col("days", _l("Days to decision"), lambda p: p.days, "days"),
]


@dataclass(frozen=True, slots=True)
class _Group:
    """A track or an event."""

    name: LocalizedText | Lazy
    decided: int
    accepted: int


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is not None:
        if not scope.page.standing.on(Feature.SUBMISSIONS) or not may_list(scope.page.standing):
            return
        found = received.of_event(scope.page.event.id)
        yield _part(found, lambda _paper: True, lambda _paper: True, lambda paper: paper.track, by_event=False)
        return
    first, last = span_of(scope)
    yield _part(
        received.of_span(first, last),
        lambda paper: first <= paper.received < last,
        lambda paper: paper.told is not None and first <= paper.told < last,
        lambda paper: paper.event,
        by_event=True,
    )


def _part(
    found: Sequence[PaperLine],
    came: Callable[[PaperLine], bool],
    told: Callable[[PaperLine], bool],
    group: Callable[[PaperLine], LocalizedText],
    *,
    by_event: bool,
) -> ReportPart:
    """``came`` and ``told``: whether that fell into the days of the report."""
    papers = Rows("papers", _l("Papers"), found, COLUMNS)

    def decided(paper: PaperLine) -> bool:
        return paper.state in DECIDED and told(paper)

    figures = [
        papers.count("papers.submitted", _l("Papers received"), came),
        papers.count("papers.withdrawn", _l("Withdrawn"), lambda p: came(p) and p.state is SubmissionState.WITHDRAWN),
        papers.count("papers.decided", _l("Decisions told"), decided),
        papers.count("papers.accepted", _l("Accepted"), lambda p: decided(p) and p.state is ACCEPTED),
        papers.share("papers.rate", _l("Acceptance rate"), lambda p: p.state is ACCEPTED, decided),
        papers.median("papers.days", _l("Time to decision, median"), "days", decided, kind="days"),
    ]
    heading = _l("Event") if by_event else _l("Track")
    groups = _by_group([p for p in found if decided(p)], group)
    lines = [[g.name, g.decided, g.accepted, f"{g.accepted / g.decided:.0%}"] for g in groups]
    columns = [heading, _l("Decided"), _l("Accepted"), _l("Rate")]
    tables = [ReportTable("papers.groups", _title(by_event), columns, lines)]
    lead = _l("Received and decided in these days, whenever the event is.") if by_event else ""
    return ReportPart(
        "papers", _l("Papers"), figures, _charts(groups, by_event), tables, lead=lead, order=20, rows=[papers.table()]
    )


def _title(by_event: bool) -> Lazy:
    return _l("Acceptance by event") if by_event else _l("Acceptance by track")


def _by_group(decided: Iterable[PaperLine], group: Callable[[PaperLine], LocalizedText]) -> list[_Group]:
    """The largest first."""
    counts: dict[LocalizedText, list[int]] = {}
    for paper in decided:
        line = counts.setdefault(group(paper), [0, 0])
        line[0] += 1
        line[1] += paper.state is ACCEPTED
    ordered = sorted(counts.items(), key=lambda item: (-item[1][0], str(item[0])))
    return [_Group(name or _l("no track"), of, accepted) for name, (of, accepted) in ordered]


def _charts(groups: Sequence[_Group], by_event: bool) -> list[ReportChart]:
    shown = groups[:GROUPS]
    series = [
        (_l("decided"), [group.decided for group in shown]),
        (_l("accepted"), [group.accepted for group in shown]),
    ]
    labels = [group.name for group in shown]
    return [ReportChart("papers.groups", _title(by_event), labels, series, across=True)] if shown else []
