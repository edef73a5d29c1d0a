"""Days that begin at four, and a clock that summer time does not bend."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from confsys.programme import days

ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"])


def test_the_small_hours_belong_to_the_evening_before() -> None:
    night = datetime(2026, 6, 10, 16, 30, tzinfo=UTC)
    assert days.day_of(night, "Asia/Shanghai") == date(2026, 6, 10)
    assert days.minute_of(night, "Asia/Shanghai") == 24 * 60 + 30


@given(ZONES, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(48, 335))
def test_a_place_on_the_grid_is_found_again(zone: str, day: date, step: int) -> None:
    moment = days.moment_at(day, step * 5, zone)
    skipped = days.minute_of(moment, zone) % 1440 != step * 5 % 1440  # an hour that summer time left out
    assert skipped or (days.day_of(moment, zone), days.minute_of(moment, zone)) == (day, step * 5)


def test_the_night_of_the_change_is_an_hour_short() -> None:
    day = date(2026, 3, 28)
    assert (days.ends(day, "Europe/Berlin") - days.begins(day, "Europe/Berlin")).total_seconds() == 23 * 3600


def test_days_between() -> None:
    assert days.between(date(2026, 2, 27), date(2026, 3, 1)) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
