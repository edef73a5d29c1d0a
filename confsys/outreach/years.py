"""A year as the society counts it: from its own midnight to its own midnight."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.extensions["settings"].zone)


def day_of(at: datetime) -> date:
    return at.astimezone(_zone()).date()


def year_of(at: datetime) -> int:
    return day_of(at).year


def year_span(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=_zone()), datetime(year + 1, 1, 1, tzinfo=_zone())


def day_in(year: int, at: datetime) -> date:
    """The day on which a year's members are counted: today in the running year, the last day of one that is over."""
    return min(day_of(at), date(year, 12, 31))
