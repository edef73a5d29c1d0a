"""This room's part of the reports: reviews on time, and how the work was shared out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import ReportChart, ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.events.states import Feature
from confsys.reviewing.queries import figures
from confsys.reviewing.queries.figures import Load, ReviewLine
from confsys.reviewing.rules import may_build_committee
from confsys.reviewing.states import AssignmentState
from confsys.reviewing.wording import ASSIGNMENT_WORDS

REVIEWS: list[Col[ReviewLine]] = [
    Col("event", _l("Event"), lambda r: r.event),
    Col("track", _l("Track"), lambda r: r.track),
    Col("state", _l("State"), lambda r: ASSIGNMENT_WORDS[r.state]),
    Col("asked", _l("Asked"), lambda r: r.asked, "date"),
    Col("due", _l("Due"), lambda r: r.due, "date"),
    Col("given", _l("Written"), lambda r: r.given, "date"),
]
LOADS: list[Col[Load]] = [
    Col("event", _l("Event"), lambda r: r.event),
    Col("papers", _l("Papers"), lambda r: r.papers, "number"),
    Col("given", _l("Reviews written"), lambda r: r.given, "number"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is not None:
        if not scope.page.standing.on(Feature.REVIEWING) or not may_build_committee(scope.page.standing):
            return
        event_id = scope.page.event.id
        asked, loads = figures.asked_of(event_id), figures.loads_of(event_id)
    else:
        span = span_of(scope)
        asked, loads = figures.asked_in(*span), figures.loads_in(*span)
    reviews, reviewers = Rows("reviews", _l("Reviews"), asked, REVIEWS), Rows("loads", _l("Reviewers"), loads, LOADS)
    yield ReportPart(
        "reviewing", _l("Peer review"),
        [
            reviews.count("reviewing.asked", _l("Reviews asked for")),
            reviews.count("reviewing.written", _l("Reviews written"), lambda r: r.given is not None),
            reviews.share("reviewing.on_time", _l("Written by the due date"), lambda r: r.on_time,
                          lambda r: r.given is not None),
            reviews.count("reviewing.late", _l("Due and not written"), lambda r: _is_missing(r, scope)),
            reviews.count("reviewing.declined", _l("Declined"), lambda r: r.state is AssignmentState.DECLINED),
            reviewers.count("reviewing.reviewers", _l("Reviewers"), note=_l("in each event once")),
            reviewers.mean("reviewing.load", _l("Papers for each reviewer, on average"), "papers"),
        ],
        _charts(loads), order=30, rows=[reviews.table(), reviewers.table()],
    )  # fmt: skip


def _is_missing(line: ReviewLine, scope: ReportScope) -> bool:
    released = line.state is AssignmentState.RELEASED
    return released and line.given is None and line.due is not None and line.due < scope.at


def _charts(loads: Sequence[Load]) -> list[ReportChart]:
    counts = Counter(load.papers for load in loads)
    papers = range(min(counts, default=0), max(counts, default=-1) + 1)
    if not papers:
        return []
    series = [(_l("reviewers"), [counts[n] for n in papers])]
    see = _l("How many reviewers had how many papers.")
    return [ReportChart("reviewing.load", _l("Load of the reviewers"), list(papers), series, see=see)]
