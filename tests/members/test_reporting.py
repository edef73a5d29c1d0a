"""The yearly report's part of this room: numbers without names, and small ones of integrity not even as such."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from confsys.core.actor import Actor
from confsys.core.registry import ReportPart, ReportScope
from confsys.members.operations import suggestions
from confsys.members.operations.dues import ask_renewal, settle
from confsys.members.operations.members import end_membership
from confsys.members.reporting import report
from confsys.members.states import EndReason
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make
from tests.members.test_integrity import Case
from tests.members.test_suggestions import answered, body, routed
from tests.members.test_survey import closed


def parts(year: int = 2026) -> dict[str, ReportPart]:
    viewer = factories.viewer(make.secretary())
    scope = ReportScope(viewer, NOW, date(year, 1, 1), date(year, 12, 31))
    return {part.key: part for part in report(scope)}


def values(part: ReportPart) -> dict[str, float | None]:
    return {figure.key.partition(".")[2]: figure.value for figure in part.figures}


def test_who_joined_renewed_lapsed_and_left(app: Flask) -> None:
    tier = make.tier(grace_days=30)
    make.member(tier_=tier, days_ago=20)  # joined this year
    old = make.member(tier_=tier, days_ago=380)  # in grace, then renewed
    settle(ask_renewal(old, actor=Actor(), at=NOW), actor=Actor(), at=NOW)
    make.member(tier_=tier, days_ago=365 + 60)  # lapsed this year
    make.member(tier_=tier, days_ago=365 + 200)  # lapsed before
    left = make.member(tier_=tier, days_ago=100)
    end_membership(left, EndReason.RESIGNED, NOW.date(), version=None, actor=Actor(), at=NOW)
    found = values(parts()["members"])
    assert (found["members"], found["joined"], found["renewed"], found["lapsed"], found["ended"]) == (2, 1, 1, 1, 1)
    assert found["dues"] == 2 * 200_00  # of the year: one who joined, one who renewed
    assert values(parts(2025)["members"])["joined"] == 3


def test_suggestions_in_time_and_what_members_think(app: Flask) -> None:
    tier = make.tier()
    people = [make.member(tier_=tier).person for _ in range(5)]
    committee = body(answer_days=3)
    answered(people[0], committee)
    suggestions.answer(routed(people[0], committee), "Late.", version=None, actor=Actor(), at=NOW + timedelta(days=9))
    found = parts()
    assert values(found["members"])["suggestions"] == 2
    assert values(found["members"])["suggestions.in_time"] == 0.5
    assert "satisfaction" not in found
    closed(2025, people, [3] * 5)
    closed(2026, people, [4] * 5)
    told = parts()["satisfaction"]
    assert values(told)["satisfaction"] == 4.0
    trend = next(chart for chart in told.charts if chart.key == "members.trend")
    assert (list(trend.labels), list(trend.series[0][1])) == (["2025", "2026"], [3.0, 4.0])


def test_integrity_is_numbers_that_few_cases_do_not_show(app: Flask) -> None:
    case = Case()
    part = parts()["integrity"]
    assert all(figure.sensitive and figure.behind is None and not figure.href for figure in part.figures)
    assert part.rows == ()
    assert case.row.code not in repr(part)


def test_rows_hold_no_name(app: Flask) -> None:
    member = make.member()
    answered(member.person, body())
    told = repr([part.rows for part in parts().values()])
    assert member.person.family not in told
    assert str(member.number) not in told
    assert "Posters" not in told


def test_the_report_takes_the_same_number_of_queries_however_many(app: Flask, queries: QueryCounter) -> None:
    tier, counts = make.tier(), []
    viewer = factories.viewer(make.secretary())
    for more in (1, 2):
        for _ in range(more):
            make.member(tier_=tier)
        scope = ReportScope(viewer, NOW, date(2026, 1, 1), date(2026, 12, 31))
        with queries:
            list(report(scope))
        counts.append(queries.count)
    assert counts[0] == counts[1]
