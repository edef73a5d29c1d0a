"""What an event sells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.registration.models import Ticket, TicketPrice
from confsys.registration.states import Audience


@dataclass(frozen=True, slots=True)
class Price:
    audience: Audience
    amount: int
    until: datetime | None = None


@operation
def save_ticket(
    event: Event, ticket: Ticket | None, code: str, name: LocalizedText, quota: int | None, prices: Sequence[Price], *,
    on_sale: bool = True, version: int | None = None, actor: Actor, at: datetime,
) -> Ticket:  # fmt: skip
    """A new ticket, or a changed one; what was sold keeps the price it was sold at."""
    if not name:
        raise Invalid(name=_l("What is the ticket called?"))
    if not any(p.audience is Audience.ANYONE and p.until is None for p in prices):
        raise Invalid(regular=_l("A ticket needs a price that holds to the end."))
    row = ticket or Ticket(event_id=event.id, code=code, position=0)
    if ticket is not None:
        expect_version(ticket, version)
    if ticket is not None:
        row.prices = []
        db.session.flush()  # the old steps go first: a new one may end on the same day
    row.name, row.quota, row.on_sale = name, quota, on_sale
    row.prices = [TicketPrice(audience=p.audience, amount=p.amount, until=p.until) for p in prices]
    record("registration.ticket_saved", row, actor=actor, at=at, event_id=event.id, ticket=str(name))
    return row
