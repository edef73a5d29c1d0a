"""This room's part of the yearly report. What was held is public, and what it cost is told to members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.outreach.models import Activity
from confsys.outreach.queries import figures
from confsys.outreach.queries.figures import Help, Opinion
from confsys.outreach.states import TargetGroup
from confsys.outreach.words import GROUPS, KINDS

ACTIVITIES: list[Col[Activity]] = [
    Col("title", _l("Activity"), lambda a: a.title),
    Col("day", _l("Day"), lambda a: a.starts_at, "date"),
    Col("kind", _l("Type of activity"), lambda a: KINDS[a.kind]),
    Col("city", _l("City"), lambda a: a.city),
    Col("planned", _l("Expected"), lambda a: a.planned_headcount, "number"),
    Col("came", _l("Came"), lambda a: a.actual_headcount, "number"),
    Col("views", _l("Views on line"), lambda a: a.online_views, "number"),
    Col("cost", _l("Spent"), lambda a: a.cost_minor, "money"),
]
HELP: list[Col[Help]] = [
    Col("activities", _l("Activities"), lambda h: h.activities, "number"),
    Col("hours", _l("Hours"), lambda h: h.hours, "number"),
]
OPINIONS: list[Col[Opinion]] = [
    Col("activity", _l("Activity"), lambda o: o.activity),
    Col("rating", _l("Stars"), lambda o: o.rating, "number"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is not None:
        return
    span = span_of(scope)
    held = figures.held_in(*span)
    activities = Rows("activities", _l("Activities"), held, ACTIVITIES)
    helped = Rows("helped", _l("Volunteers"), figures.helped_in(*span), HELP)
    opinions = Rows("said", _l("What visitors said"), figures.ratings_in(*span), OPINIONS)
    groups = [
        activities.total(f"outreach.reached.{group.value}", _reached(word), "came", _is_for(group))
        for group, word in GROUPS.items()
    ]
    yield ReportPart(
        "outreach", _l("Outreach"),
        [
            activities.count("outreach.held", _l("Activities held")),
            activities.total("outreach.reached", _l("People reached"), "came"),
            activities.total("outreach.views", _l("Views on line"), "views"),
            helped.count("outreach.volunteers", _l("Volunteers who helped")),
            helped.total("outreach.hours", _l("Hours of volunteers"), "hours"),
            opinions.mean("outreach.rating", _l("What visitors said, of 5"), "rating", kind="rating"),
            activities.total("outreach.cost", _l("Spent"), "cost", kind="money", unit="CNY"),
            *(figure for figure in groups if figure.value),
        ],
        _charts(held), lead=_l("An activity for several groups counts for each of them."), order=70,
        rows=[activities.table(), helped.table(), opinions.table()],
    )  # fmt: skip


def _reached(group: Lazy) -> Lazy:
    return _l("Reached: %(group)s", group=group)


def _is_for(group: TargetGroup) -> Callable[[Activity], bool]:
    return lambda activity: group.value in activity.target_groups


def _charts(held: list[Activity]) -> list[ReportChart]:
    people = {group: count for group, count in figures.by_group(held).items() if count}
    kinds = Counter(activity.kind for activity in held)
    charts: list[tuple[str, Lazy, Lazy, list[Lazy | LocalizedText], list[float | None]]] = [
        ("outreach.groups", _l("People reached by target group"), _l("people"),
         [GROUPS[group] for group in people], list(people.values())),
        ("outreach.kinds", _l("Activities by type"), _l("activities"),
         [KINDS[kind] for kind in kinds], list(kinds.values())),
    ]  # fmt: skip
    return [
        ReportChart(key, title, labels, [(unit, values)], across=True)
        for key, title, unit, labels, values in charts
        if labels
    ]
