"""Who fits a request and why: topic, place and days, and nobody is asked too often."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from confsys.outreach.calendar import Month, month_of
from confsys.outreach.matching import Offerer, Wish, matches

WISH = Wish("privacy on line", "杭州", False, "youth", date(2026, 6, 1), date(2026, 6, 5))


def offerer(number: int = 1, **changed: Any) -> Offerer:
    values: dict[str, Any] = {
        "topics": ["privacy"], "cities": ["杭州"], "online": False, "groups": [], "weekdays": [],
        "available_from": None, "available_until": None, "per_year": 4,
    }  # fmt: skip
    return Offerer(number, **{**values, **changed})


def test_the_reasons_are_told_with_the_first_day_that_suits() -> None:
    (found,) = matches(WISH, [offerer(weekdays=[3], groups=["youth"])])
    assert found.why == (("topic", "privacy"), ("city", "杭州"), ("day", "2026-06-03"), ("group", "youth"))
    assert found.day == date(2026, 6, 3)


@pytest.mark.parametrize(
    "changed",
    [
        {"topics": ["storage"]},
        {"cities": ["上海"]},
        {"cities": ["上海"], "online": True},
        {"available_until": date(2026, 5, 31)},
        {"weekdays": [6, 7]},
        {"this_year": 4},
        {"busy": frozenset(date(2026, 6, day) for day in range(1, 6))},
    ],
)
def test_who_cannot_is_not_offered(changed: dict[str, Any]) -> None:
    assert matches(WISH, [offerer(**changed)]) == []


def test_on_line_counts_where_the_school_accepts_it() -> None:
    wish = Wish("隐私保护", "拉萨", True, "youth", date(2026, 6, 1), date(2026, 6, 5))
    (found,) = matches(wish, [offerer(topics=["数据隐私"], online=True)])
    assert ("online", "") in found.why


def test_of_equals_the_one_with_fewer_talks_comes_first() -> None:
    found = matches(WISH, [offerer(1, this_year=2), offerer(2, this_year=0), offerer(3, topics=["privacy on line"])])
    assert [match.id for match in found] == [3, 2, 1]


def test_a_month_is_whole_weeks_from_monday() -> None:
    month = month_of("2026-02", date(2026, 7, 1))
    assert month.weeks[0] == [0, 0, 0, 0, 0, 0, 1]
    assert month.moved(-2) == Month(2025, 12)
    assert month_of("2026-13", date(2026, 7, 1)) == Month(2026, 7)
