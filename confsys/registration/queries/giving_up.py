"""What comes back to somebody who cancels today, shown before they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from confsys.core.money import Money
from confsys.events.models import Event
from confsys.registration.models import Attendee
from confsys.registration.operations.ending import paid_orders_of
from confsys.registration.operations.lines import lines_for
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries.catalogue import day_of


@dataclass(frozen=True, slots=True)
class Quote:
    paid: Money
    percent: int
    back: Money


def quote(row: Attendee, event: Event, at: datetime) -> Quote:
    """By the event's rule on its day; each order is rounded by itself, as the refund will be."""
    currency = current_app.extensions["settings"].currency
    percent = RegistrationOptions.of(event).percent_back(day_of(event, at))
    sums = [sum(line.amount for line in lines_for(order, row)) for order in paid_orders_of(row)]
    return Quote(Money(sum(sums), currency), percent, Money(sum(one * percent // 100 for one in sums), currency))
