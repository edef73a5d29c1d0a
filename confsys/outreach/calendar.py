"""A month as weeks of days. Pure: no clock, no database."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def weeks(self) -> list[list[int]]:
        """Days of each week from Monday; 0 stands for a day of another month."""
        return calendar.Calendar(firstweekday=0).monthdayscalendar(self.year, self.number)

    def moved(self, by: int) -> Month:
        index = self.year * 12 + self.number - 1 + by
        return Month(index // 12, index % 12 + 1)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        after = self.moved(1)
        return (
            datetime(self.year, self.number, 1, tzinfo=zone),
            datetime(after.year, after.number, 1, tzinfo=zone),
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


def month_of(text: str, today: date) -> Month:
    """``2026-09``; anything else is the present month."""
    found = _MONTH.fullmatch(text)
    return Month(int(found[1]), int(found[2])) if found else Month(today.year, today.month)
