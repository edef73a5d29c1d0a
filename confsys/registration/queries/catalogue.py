"""What is sold, at which price for this person on this day, and how many places are left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.events.models import Event
from confsys.members.queries.membership import valid_membership
from confsys.registration.models import Attendee, Ticket, TicketPrice
from confsys.registration.states import TAKING, Audience


@dataclass(frozen=True, slots=True)
class Offer:
    """A ticket as the page shows it. ``left`` None: no limit."""

    id: int
    code: str
    name: LocalizedText
    price: Money
    member_price: Money | None
    until: datetime | None
    left: int | None
    on_sale: bool


def is_member(person_id: int | None, on: date) -> bool:
    """Whether the person's own membership is valid on a day; a number that somebody types proves nothing."""
    return valid_membership(person_id, on) is not None


def day_of(event: Event, at: datetime) -> date:
    return at.astimezone(ZoneInfo(event.zone)).date()


def price_of(ticket: Ticket, audience: Audience, at: datetime) -> TicketPrice | None:
    """The step that holds at the moment of registering, be the money early or late. None: no price for them."""
    open_ = [p for p in ticket.prices if p.audience is audience and (p.until is None or at <= p.until)]
    return min(open_, key=lambda p: (p.until is None, p.until.timestamp() if p.until else 0.0), default=None)


def best_price(ticket: Ticket, *, member: bool, at: datetime) -> tuple[Audience, TicketPrice] | None:
    """What a person pays: a member the member price where there is one."""
    wanted = (Audience.MEMBER, Audience.ANYONE) if member else (Audience.ANYONE,)
    for audience in wanted:
        found = price_of(ticket, audience, at)
        if found is not None:
            return audience, found
    return None


def taken(ticket_ids: Iterable[int]) -> dict[int, int]:
    """Ticket -> places taken, held ones included; one query."""
    query = select(Attendee.ticket_id, func.count()).where(
        Attendee.ticket_id.in_(list(ticket_ids)), Attendee.state.in_(TAKING)
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Attendee.ticket_id))}


def tickets_of(event_id: int) -> list[Ticket]:
    query = select(Ticket).where(Ticket.event_id == event_id).options(selectinload(Ticket.prices))
    return list(db.session.scalars(query.order_by(Ticket.position, Ticket.id)))


def offers(event_id: int, currency: str, at: datetime) -> list[Offer]:
    rows = tickets_of(event_id)
    used = taken(row.id for row in rows)
    found = []
    for row in rows:
        price, member = price_of(row, Audience.ANYONE, at), price_of(row, Audience.MEMBER, at)
        if price is None:
            continue
        left = None if row.quota is None else max(0, row.quota - used.get(row.id, 0))
        found.append(
            Offer(
                row.id, row.code, row.name, Money(price.amount, currency),
                Money(member.amount, currency) if member else None, price.until, left, row.on_sale,
            )
        )  # fmt: skip
    return found
