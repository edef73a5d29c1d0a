"""What is sold, at which price for this person on this day, and how many places are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import selectinload

from confsys.core.db import db
from confsys.core.listing import AnySelect
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.events.models import Event
from confsys.members.queries.membership import valid_membership
from confsys.registration.models import Attendee, Basket, Extra, Ticket, TicketPrice, WaitingEntry
from confsys.registration.states import TAKING, AttendeeState, Audience, BasketState, TicketKind, WaitingState


@dataclass(frozen=True, slots=True)
class Offer:
    """A ticket as the page shows it. ``left`` None: no limit; ``for_members``: of those, kept for members today."""

    id: int
    code: str
    kind: TicketKind
    name: LocalizedText
    note: LocalizedText
    price: Money
    member_price: Money | None
    student_price: Money | None
    until: datetime | None
    left: int | None
    for_members: int
    waiting: int
    on_sale: bool

    @property
    def is_addon(self) -> bool:
        return self.kind is TicketKind.ADDON

    def free_for(self, *, member: bool) -> int | None:
        """How many places this person may take; None: no limit. While others wait, none."""
        if self.left is None:
            return None
        return 0 if self.waiting else max(0, self.left - (0 if member else self.for_members))


def is_member(person_id: int | None, on: date) -> bool:
    """Whether the person's own membership is valid on a day; a number that somebody types proves nothing."""
    return valid_membership(person_id, on) is not None


def day_of(event: Event, at: datetime) -> date:
    return at.astimezone(ZoneInfo(event.zone)).date()


def price_of(ticket: Ticket, audience: Audience, at: datetime) -> TicketPrice | None:
    """The step that holds at the moment of registering, be the money early or late. None: no price for them."""
    open_ = [p for p in ticket.prices if p.audience is audience and (p.until is None or at <= p.until)]
    return min(open_, key=lambda p: (p.until is None, p.until.timestamp() if p.until else 0.0), default=None)


def best_price(
    ticket: Ticket, *, member: bool, at: datetime, student: bool = False
) -> tuple[Audience, TicketPrice] | None:
    """What a person pays: the lowest of the prices that are theirs, and as what they pay it."""
    audiences = [Audience.ANYONE, *([Audience.MEMBER] if member else []), *([Audience.STUDENT] if student else [])]
    found = [(audience, price) for audience in audiences if (price := price_of(ticket, audience, at)) is not None]
    return min(found, key=lambda pair: pair[1].amount, default=None)


def that_hold(query: AnySelect, at: datetime, state: Any = Attendee.state) -> AnySelect:
    """Narrow a query over attendees to places that count at a moment: held, paid, or in a basket whose time runs."""
    runs = (Basket.id == Attendee.basket_id) & (Basket.state == BasketState.OPEN) & (Basket.expires_at > at)
    chosen = (state == AttendeeState.BASKET) & Basket.id.is_not(None)
    return query.outerjoin(Basket, runs).where(or_(state.in_(TAKING), chosen))


def taken(ticket_ids: Iterable[int], at: datetime) -> dict[int, int]:
    """Ticket -> places taken at a moment: paid and held ones, those of young baskets, those offered. One query."""
    ids = list(ticket_ids)
    places = that_hold(select(Attendee.ticket_id.label("ticket_id"), func.count().label("n")), at)
    extras = that_hold(select(Extra.ticket_id, func.count()).join(Extra.attendee), at, Extra.state)
    parts = (
        places.where(Attendee.ticket_id.in_(ids)).group_by(Attendee.ticket_id),
        extras.where(Extra.ticket_id.in_(ids)).group_by(Extra.ticket_id),
    )
    offered = select(WaitingEntry.ticket_id, func.count()).where(
        WaitingEntry.ticket_id.in_(ids), WaitingEntry.state == WaitingState.OFFERED, WaitingEntry.offer_until > at
    )
    counted: Counter[int] = Counter()
    found: Any = db.session.execute(union_all(*parts, offered.group_by(WaitingEntry.ticket_id)))
    for ticket_id, number in found:
        counted[ticket_id] += number
    return dict(counted)


def taken_by_members(ticket_ids: Collection[int], at: datetime) -> dict[int, int]:
    """Ticket -> places that members have; one query."""
    members = select(Attendee.ticket_id, func.count()).where(Attendee.ticket_id.in_(ticket_ids), Attendee.by_member)
    query = that_hold(members, at).group_by(Attendee.ticket_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def kept_for_members(ticket: Ticket, by_members: int, at: datetime) -> int:
    """Places of the quota that only a member gets today."""
    if not ticket.members_first or (ticket.members_until is not None and at > ticket.members_until):
        return 0
    return max(0, ticket.members_first - by_members)


def waiting(ticket_ids: Collection[int]) -> dict[int, int]:
    """Ticket -> people who wait for it and have no offer yet; one query."""
    query = select(WaitingEntry.ticket_id, func.count()).where(
        WaitingEntry.ticket_id.in_(ticket_ids), WaitingEntry.state == WaitingState.WAITING
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(WaitingEntry.ticket_id))}


def tickets_of(event_id: int) -> list[Ticket]:
    query = select(Ticket).where(Ticket.event_id == event_id).options(selectinload(Ticket.prices))
    return list(db.session.scalars(query.order_by(Ticket.position, Ticket.id)))


def offers(event_id: int, currency: str, at: datetime, unlocked: Collection[int] = ()) -> list[Offer]:
    """What a visitor sees: admissions first. Hidden tickets only where a voucher has unlocked them."""
    rows = [row for row in tickets_of(event_id) if not row.hidden or row.id in unlocked]
    ids = [row.id for row in rows]
    used, members, queue = taken(ids, at), taken_by_members(ids, at), waiting(ids)
    found = []
    for row in rows:
        price = price_of(row, Audience.ANYONE, at)
        if price is None:
            continue
        member, student = price_of(row, Audience.MEMBER, at), price_of(row, Audience.STUDENT, at)
        left = None if row.quota is None else max(0, row.quota - used.get(row.id, 0))
        found.append(
            Offer(
                row.id, row.code, row.kind, row.name, row.note, Money(price.amount, currency),
                Money(member.amount, currency) if member else None,
                Money(student.amount, currency) if student else None, price.until, left,
                min(left or 0, kept_for_members(row, members.get(row.id, 0), at)), queue.get(row.id, 0), row.on_sale,
            )
        )  # fmt: skip
    return sorted(found, key=lambda offer: offer.is_addon)
