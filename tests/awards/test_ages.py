"""Who is young enough: the arithmetic alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confsys.awards.ages import fits, years_after
from confsys.awards.states import AgeRule

DAYS = st.dates(date(1920, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("1986-12-31", "2026-12-30", True),  # the day before the fortieth birthday
        ("1986-12-31", "2026-12-31", False),  # the birthday itself: no longer under 40
        ("1987-01-01", "2026-12-31", True),
        ("1988-02-29", "2028-02-29", False),
        ("2030-01-01", "2026-12-31", False),  # not born yet
    ],
)
def test_younger_than_forty(born: str, on: str, expected: bool) -> None:
    assert fits(AgeRule.AGE, 40, date.fromisoformat(born), date.fromisoformat(on)) is expected


@pytest.mark.parametrize(
    ("degree", "on", "expected"),
    [("2018-06-30", "2026-06-30", True), ("2018-06-29", "2026-06-30", False), ("2026-07-01", "2026-06-30", False)],
)
def test_eight_years_after_the_degree(degree: str, on: str, expected: bool) -> None:
    assert fits(AgeRule.CAREER, 8, date.fromisoformat(degree), date.fromisoformat(on)) is expected


def test_a_leap_day_has_a_birthday_every_year() -> None:
    assert years_after(date(1988, 2, 29), 1) == date(1989, 3, 1)
    assert years_after(date(1988, 2, 29), 40) == date(2028, 2, 29)


@given(DAYS, DAYS, st.integers(1, 60))
def test_whoever_is_young_enough_was_so_the_day_before(declared: date, on: date, limit: int) -> None:
    for rule in (AgeRule.AGE, AgeRule.CAREER):
        if fits(rule, limit, declared, on) and on > declared:
            assert fits(rule, limit, declared, on - timedelta(days=1))
            assert fits(rule, limit + 1, declared, on)
    assert fits(AgeRule.NONE, limit, declared, on)
