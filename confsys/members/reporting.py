"""This room's part of the yearly report: members, dues, what they suggest and think, and integrity in numbers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportFigure, ReportPart, ReportScope
from confsys.core.reporting import FEW, Col, Rows, span_of
from confsys.members.days import society_day
from confsys.members.queries import survey, yearly
from confsys.members.queries.survey import SurveyResult
from confsys.members.queries.yearly import DueFact, MemberFact, SuggestionFact
from confsys.members.words import DUE_KINDS, SUGGESTION_STATES, SUGGESTION_TOPICS

YES, NO = _l("yes"), _l("no")
#: Years since joining: (from, to, words).
SINCE: tuple[tuple[int, int, Lazy], ...] = (
    (0, 1, _l("less than two years")),
    (2, 4, _l("two to four years")),
    (5, 9, _l("five to nine years")),
    (10, 999, _l("ten years and more")),
)
MEMBERS: list[Col[MemberFact]] = [
    Col("class", _l("Class"), lambda m: m.tier),
    Col("branch", _l("Branch"), lambda m: m.branch),
    Col("years", _l("Years since joining"), lambda m: m.years, "number"),
    Col("counts", _l("Member on the last day"), lambda m: YES if m.counts else NO),
    Col("joined", _l("Joined"), lambda m: YES if m.joined else NO),
    Col("renewed", _l("Renewed"), lambda m: YES if m.renewed else NO),
    Col("lapsed", _l("Lapsed"), lambda m: YES if m.lapsed else NO),
]
DUES: list[Col[DueFact]] = [
    Col("day", _l("Paid on"), lambda d: d.paid_at, "date"),
    Col("kind", _l("For"), lambda d: DUE_KINDS[d.kind]),
    Col("class", _l("Class"), lambda d: d.tier),
    Col("amount", _l("Amount"), lambda d: d.amount.minor, "money"),
    Col("back", _l("Given back"), lambda d: YES if d.given_back else NO),
]
SUGGESTIONS: list[Col[SuggestionFact]] = [
    Col("topic", _l("Topic"), lambda s: SUGGESTION_TOPICS[s.topic]),
    Col("state", _l("State"), lambda s: SUGGESTION_STATES[s.state][0]),
    Col("in_time", _l("Answered in time"), lambda s: "" if s.in_time is None else YES if s.in_time else NO),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    """The society's year; an event has no members."""
    if scope.page is not None:
        return
    yield _members(scope)
    yield from _satisfaction(scope)
    yield _integrity(scope)


def _members(scope: ReportScope) -> ReportPart:
    day = min(scope.last, society_day(scope.at))
    span = span_of(scope)
    facts = yearly.members_between(scope.first, scope.last, day)
    members = Rows("members", _l("Members"), facts, MEMBERS)
    dues = Rows("dues", _l("Dues"), yearly.dues_paid_between(*span), DUES)
    said = Rows("suggestions", _l("Suggestions"), yearly.suggestions_between(*span, day), SUGGESTIONS)
    return ReportPart(
        "members", _l("Members"),
        [
            members.count("members.members", _l("Members on the last day"), lambda m: m.counts),
            members.count("members.joined", _l("Joined"), lambda m: m.joined),
            members.count("members.renewed", _l("Renewed"), lambda m: m.renewed),
            members.count("members.lapsed", _l("Lapsed"), lambda m: m.lapsed),
            members.count("members.ended", _l("Left"), lambda m: m.ended, sensitive=True),
            dues.total("members.dues", _l("Dues paid"), "amount", lambda d: not d.given_back and _yuan(d),
                       kind="money", unit="CNY"),
            said.count("members.suggestions", _l("Suggestions")),
            said.share("members.suggestions.in_time", _l("Suggestions answered in time"), lambda s: bool(s.in_time),
                       lambda s: s.in_time is not None or s.overdue),
        ],
        _charts([fact for fact in facts if fact.counts]), order=60,
        rows=[members.table(), dues.table(), said.table()],
    )  # fmt: skip


def _yuan(due: DueFact) -> bool:
    return due.amount.currency == "CNY"


def _charts(facts: Sequence[MemberFact]) -> list[ReportChart]:
    by_tier, by_branch = Counter(fact.tier for fact in facts), Counter(fact.branch for fact in facts)
    since = [sum(first <= fact.years <= last for fact in facts) for first, last, _word in SINCE]
    groups: list[tuple[str, Lazy, list[Lazy | LocalizedText], list[float | None]]] = [
        ("members.tier", _l("Members by class"), list(by_tier), list(by_tier.values())),
        ("members.branch", _l("Members by branch"), list(by_branch), list(by_branch.values())),
        ("members.since", _l("Members by years since joining"), [word for _first, _last, word in SINCE], list(since)),
    ]
    return [
        ReportChart(key, title, labels, [(_l("members"), values)], across=True)
        for key, title, labels, values in groups
        if facts
    ]


def _satisfaction(scope: ReportScope) -> Iterable[ReportPart]:
    """The survey of the year, with those before it: what is known is told to all members already."""
    found = [result for result in survey.results() if result.year <= scope.last.year]
    now = next((result for result in found if result.year == scope.last.year), None)
    if now is None or scope.first > date(now.year, 12, 31):
        return
    yield ReportPart(
        "satisfaction", _l("What members think"),
        [
            ReportFigure("members.satisfaction", _l("Satisfied with the society, of 5"), now.overall, kind="rating"),
            ReportFigure("members.survey.answered", _l("Members who answered the survey"), now.answered),
            ReportFigure("members.survey.share", _l("Share of members who answered"), now.share, kind="percent"),
        ],
        _trend(found, now), order=61,
    )  # fmt: skip


def _trend(found: Sequence[SurveyResult], now: SurveyResult) -> list[ReportChart]:
    asked = [question for question in now.questions if question.mean is not None]
    questions = ReportChart(
        "members.questions", _l("Satisfaction, question by question"), [q.text for q in asked],
        [(_l("mean, 1 to 5"), [round(q.mean or 0, 2) for q in asked])], across=True,
    )  # fmt: skip
    years = ReportChart(
        "members.trend", _l("Satisfaction over the years"), [str(result.year) for result in found],
        [(_l("as a whole"), [None if r.overall is None else round(r.overall, 2) for r in found])], kind="line",
    )  # fmt: skip
    return [questions, years] if len(found) > 1 else [questions]


def _integrity(scope: ReportScope) -> ReportPart:
    """Numbers, and small ones not even as such: a single case is known to those inside it."""
    numbers = yearly.cases_between(*span_of(scope))
    return ReportPart(
        "integrity", _l("Scientific integrity"),
        [
            ReportFigure("members.cases.received", _l("Complaints received"), numbers.received, sensitive=True),
            ReportFigure("members.cases.closed", _l("Cases closed"), numbers.closed, sensitive=True),
            ReportFigure("members.cases.suspended", _l("Suspensions"), numbers.suspended, sensitive=True),
        ],
        lead=_l("Counts below %(few)s are not told.", few=FEW), order=62,
    )  # fmt: skip
