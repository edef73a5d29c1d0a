"""For whom an event is, and whether it has mentors; kept in ``Event.options["awards"]``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confsys.awards.ages import fits
from confsys.awards.states import AgeRule
from confsys.events.models import Event
from confsys.events.options import declare


@declare("awards")
@dataclass(frozen=True, slots=True)
class YoungOptions:
    """``rule`` and ``limit``: as of an award, but for all who submit to the event. ``on``: an ISO date; empty: the
    event's first day."""

    rule: str = AgeRule.NONE.value
    limit: int = 0
    on: str = ""
    mentors: bool = False

    @property
    def asks(self) -> bool:
        return self.rule != AgeRule.NONE.value and self.limit > 0

    def day(self, event: Event) -> date | None:
        """On which day age or years are counted; None while neither it nor the event has a date."""
        return date.fromisoformat(self.on) if self.on else event.starts_on

    def fits(self, declared: date, event: Event) -> bool | None:
        """What the rule says of a declared day; None while it cannot be counted."""
        day = self.day(event)
        return None if day is None else fits(AgeRule(self.rule), self.limit, declared, day)
