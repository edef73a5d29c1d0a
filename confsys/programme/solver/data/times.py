"""Instants as whole minutes since 1970-01-01 UTC, and the venue's zone between them and what people read."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Span = tuple[int, int]
"""From (inclusive) and to (exclusive), in minutes."""

DAY = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def zone_named(name: str) -> ZoneInfo:
    """The IANA zone; ValueError where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"'{name}' is not an IANA time zone") from None


def minutes_of(moment: datetime) -> int:
    """Minutes since the epoch of an aware moment; seconds are cut off."""
    return int((moment - _EPOCH).total_seconds()) // 60


def moment_of(minutes: int, zone: str) -> datetime:
    return (_EPOCH + timedelta(minutes=minutes)).astimezone(zone_named(zone))


def clock(text: str) -> int:
    """Minutes after midnight of "HH:MM"; "24:00" is the end of the day. ValueError otherwise."""
    hours, colon, minutes = text.partition(":")
    if colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2:
        value = int(hours) * 60 + int(minutes)
        if int(minutes) < 60 and value <= DAY:
            return value
    raise ValueError(f"'{text}' is not a time of day such as 09:30")


def day_named(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a date such as 2026-07-10") from None


def local_minutes(day: date, time: int, zone: str) -> int:
    """The instant `time` minutes after local midnight of `day`, by the wall clock.

    ValueError for a wall-clock time that the change to summer time leaves out.
    """
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=time)  # noqa: DTZ001 (zone follows)
    moment = naive.replace(tzinfo=zone_named(zone))
    if moment.astimezone(UTC).astimezone(zone_named(zone)).replace(tzinfo=None) != naive:
        raise ValueError(f"{naive:%Y-%m-%d %H:%M} does not exist in {zone} (clocks go forward)")
    return minutes_of(moment)


def instant(text: str, zone: str) -> int:
    """Minutes of "2026-07-10T09:00" (venue time) or with an offset or Z. ValueError otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a moment such as 2026-07-10T09:00") from None
    if moment.tzinfo is None:
        return local_minutes(moment.date(), moment.hour * 60 + moment.minute, zone)
    return minutes_of(moment)


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def inside_hours(span: Span, hours: Span, zone: str) -> bool:
    """Whether a span lies within daily hours (minutes after midnight) of a zone, on one local date.

    Hours whose end is not later than their start run past midnight.
    """
    begin = moment_of(span[0], zone)
    start = begin.hour * 60 + begin.minute
    end = start + span[1] - span[0]
    opening, closing = hours
    if closing <= opening:
        closing += DAY
        if start < opening:
            start, end = start + DAY, end + DAY
    return opening <= start and end <= closing
