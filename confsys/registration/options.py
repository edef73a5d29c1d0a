"""The rules of registration that an event's organisers set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from confsys.events.models import Event
from confsys.events.options import declare, options_of


@dataclass(frozen=True, slots=True)
class CancelStep:
    """Whoever cancels until this day gets back so many per cent of what was paid."""

    until: date
    percent: int


@declare("registration")
@dataclass(frozen=True)
class RegistrationOptions:
    """``cancel_steps``: "2026-05-01 80" says that 80 % come back until that day, in the event's zone."""

    #: How long a basket holds its places until it is ordered.
    basket_minutes: int = 20
    #: How long an unpaid order holds its places: long enough for a university's transfer.
    pay_days: int = 7
    #: How long a place is offered to who waits for one.
    offer_hours: int = 24
    cancel_steps: tuple[str, ...] = ()
    #: An accepted paper needs an author with a paid registration.
    author_must_register: bool = False

    @staticmethod
    def of(event: Event) -> RegistrationOptions:
        return options_of(event, RegistrationOptions)

    @property
    def steps(self) -> list[CancelStep]:
        """In order of their days."""
        found = (text.split() for text in self.cancel_steps)
        return sorted((CancelStep(date.fromisoformat(day), int(percent)) for day, percent in found),
                      key=lambda step: step.until)  # fmt: skip

    @property
    def basket_time(self) -> timedelta:
        return timedelta(minutes=self.basket_minutes)

    @property
    def pay_time(self) -> timedelta:
        return timedelta(days=self.pay_days)

    @property
    def offer_time(self) -> timedelta:
        return timedelta(hours=self.offer_hours)

    def percent_back(self, on: date) -> int:
        """What comes back to who cancels on a day."""
        return next((step.percent for step in self.steps if on <= step.until), 0)
