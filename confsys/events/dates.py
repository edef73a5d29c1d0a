"""Days and deadlines of an event: from offsets to moments, and from one edition to the next.

A deadline is a wall time in the event's zone (or anywhere on Earth). Shifting keeps the wall time, so that a
deadline at the end of a day stays there across a change to summer time; and it keeps the weekday, so that one
on a Sunday stays on a Sunday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from confsys.core.clock import AOE_OFFSET
from confsys.core.stages import end_of_day
from confsys.events.presets.plans import StagePlan
from confsys.events.states import StageKind

ANYWHERE = timezone(AOE_OFFSET)


def zone_of(zone: str, anywhere: bool = False) -> ZoneInfo | timezone:
    return ANYWHERE if anywhere else ZoneInfo(zone)


def at_wall(wall: datetime | None, zone: str, *, anywhere: bool = False) -> datetime | None:
    """The moment of a wall time as typed into a form. One in the hour that summer time skips is moved on."""
    if wall is None:
        return None
    there = zone_of(zone, anywhere)
    return wall.replace(tzinfo=there).astimezone(UTC).astimezone(there)


def wall_at(moment: datetime | None, zone: str, *, anywhere: bool = False) -> datetime | None:
    """The wall time of a moment, to fill a form with."""
    return None if moment is None else moment.astimezone(zone_of(zone, anywhere)).replace(tzinfo=None)


def start_of_day(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zone))


def stage_times(stage: StagePlan, starts_on: date, ends_on: date, zone: str) -> tuple[datetime, datetime, datetime]:
    """(opens, due, closes) of a preset's stage for an event on these days."""
    last = ends_on if stage.kind is StageKind.EVENT else starts_on + timedelta(days=stage.due)
    opens = start_of_day(starts_on + timedelta(days=stage.opens), zone)
    due = end_of_day(last, zone, anywhere=stage.anywhere)
    return opens, due, due + timedelta(hours=stage.grace_hours)


def whole_weeks(old: date, new: date) -> timedelta:
    """The distance between two first days, rounded to whole weeks: deadlines keep their weekday."""
    return timedelta(weeks=round((new - old).days / 7))


def shifted_wall(
    moment: datetime | None, by: timedelta, old_zone: str, new_zone: str, *, anywhere: bool = False
) -> datetime | None:
    """The same wall time ``by`` days later, in the new edition's zone."""
    wall = wall_at(moment, old_zone, anywhere=anywhere)
    return at_wall(None if wall is None else wall + by, new_zone, anywhere=anywhere)
