"""The days of a programme, and places on the grid of one day.

A day of the programme begins at four in the morning: what happens at half past midnight belongs to the evening
before. Its minutes are counted on the clock of the event's zone from the midnight before it, so that half past
midnight is minute 1470 and a change to summer time moves nothing on the page.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: The editor's step. What is imported keeps its own lengths, so the tables do not insist on it.
GRID_MINUTES = 5
DAY_BEGINS = 4 * 60
DAY_MINUTES = 24 * 60


def day_of(moment: datetime, zone: str) -> date:
    return (moment.astimezone(ZoneInfo(zone)) - timedelta(minutes=DAY_BEGINS)).date()


def minute_of(moment: datetime, zone: str) -> int:
    """Minutes on the clock since midnight of the day the moment belongs to; from 240 to 1679."""
    local = moment.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    return minute if minute >= DAY_BEGINS else minute + DAY_MINUTES


def moment_at(day: date, minute: int, zone: str) -> datetime:
    """The moment of a minute of a day, in UTC."""
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def begins(day: date, zone: str) -> datetime:
    return moment_at(day, DAY_BEGINS, zone)


def ends(day: date, zone: str) -> datetime:
    """The first moment of the day after."""
    return moment_at(day + timedelta(days=1), DAY_BEGINS, zone)


def between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
