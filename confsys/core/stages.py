"""The time of a stage: when it opens, when work is due, when the door closes.

People read ``due``; writes pass until ``closes`` (grace). One comparison for the whole product.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from confsys.core.clock import AOE_OFFSET


class Phase(enum.StrEnum):
    UNSET = "unset"
    BEFORE = "before"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """``opens`` <= ``due`` <= ``closes``; a missing bound never bars anybody."""

    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None

    def phase(self, at: datetime) -> Phase:
        if self.opens is not None and at < self.opens:
            return Phase.BEFORE
        last = self.closes or self.due
        if self.due is not None and at <= self.due:
            return Phase.OPEN
        if last is not None and at > last:
            return Phase.CLOSED
        return Phase.OPEN if self.due is None else Phase.GRACE

    def accepts(self, at: datetime) -> bool:
        """Whether a write passes at this moment."""
        return self.phase(at) in {Phase.OPEN, Phase.GRACE}


def end_of_day(day: date, zone: str, *, anywhere: bool = False) -> datetime:
    """23:59:59 of a day in ``zone``, or anywhere on Earth."""
    where: timezone | ZoneInfo = timezone(AOE_OFFSET) if anywhere else ZoneInfo(zone)
    return datetime.combine(day, time(23, 59, 59), tzinfo=where)


def shifted(moment: datetime | None, by: timedelta) -> datetime | None:
    return None if moment is None else moment + by
