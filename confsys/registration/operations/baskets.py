"""A basket: places held for some minutes while somebody says who comes, then ordered in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.actor import SYSTEM, Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.jobs import enqueue
from confsys.core.names import PersonName
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.payments.models import Order
from confsys.payments.operations import orders
from confsys.registration.models import Attendee, Basket, Extra, Ticket, Voucher, WaitingEntry
from confsys.registration.operations import proofs, waiting
from confsys.registration.operations.holding import counted, demand_places, demand_uses, locked
from confsys.registration.operations.lines import Priced, lines_of, price
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries import attendees as read
from confsys.registration.queries import vouchers
from confsys.registration.queries.catalogue import day_of, is_member
from confsys.registration.states import AttendeeState, BasketState, TicketKind

OVER_JOB = "registration.basket_over"
#: More than this is a matter for the organisers.
MOST = 50


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of one place of a basket. Without a name it is named later.

    ``is_buyer``: the signed-in person themselves, whose membership counts. ``extras``: tickets booked besides.
    """

    name: PersonName = field(default_factory=PersonName)
    email: str = ""
    organisation: str = ""
    is_buyer: bool = False
    student: bool = False
    proof: StoredFile | None = None
    extras: Sequence[int] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    submission_id: int | None = None


@operation
def open_basket(
    event: Event, buyer_id: int, wanted: Mapping[int, int], *, voucher_code: str = "", own: bool = True,
    offer: WaitingEntry | None = None, actor: Actor, at: datetime,
) -> Basket:  # fmt: skip
    """Hold so many places of each ticket. A basket that the buyer has open here is given up for it.

    ``own``: the first place is the buyer's. ``offer``: the turn on a waiting list that this basket uses.
    """
    wanted = {ticket_id: count for ticket_id, count in wanted.items() if count}
    total = sum(wanted.values())
    if not 0 < total <= MOST:
        raise Invalid(_l("Please choose one to %(most)s tickets.", most=MOST))
    before = open_of(event.id, buyer_id)
    others = {row.ticket_id for row in before.attendees} if before else set()
    tickets = locked({*wanted, *others}, event.id)
    if before is not None:
        _let_go(before, at)
    if offer is not None:
        waiting.take(offer, at=at)
    voucher = _voucher(event, voucher_code, at) if voucher_code else None
    for ticket_id in wanted:
        _demand_sold(tickets[ticket_id], voucher)
    member = own and is_member(buyer_id, day_of(event, at))
    first = next(iter(wanted))
    demand_places(
        {key: tickets[key] for key in wanted}, wanted, members={first: 1} if member else {},
        in_turn=offer is not None, at=at,
    )  # fmt: skip
    using = [key for key in wanted if voucher is not None and vouchers.fits(voucher, tickets[key])]
    if voucher is not None:
        if not using:
            raise Invalid(voucher=_l("This voucher is for other tickets than these."))
        demand_uses(voucher, sum(wanted[key] for key in using), at)
    row = Basket(
        code=new_code(10), event_id=event.id, buyer_id=buyer_id, voucher_id=voucher.id if voucher else None,
        opened_at=at, expires_at=at + RegistrationOptions.of(event).basket_time,
    )  # fmt: skip
    row.attendees = [
        Attendee(
            event_id=event.id, ticket_id=key, buyer_id=buyer_id, state=AttendeeState.BASKET, code=new_code(10),
            voucher_id=voucher.id if voucher and key in using else None, registered_at=at,
        )
        for key, count in wanted.items()
        for _ in range(count)
    ]  # fmt: skip
    if own:
        row.attendees[0].person_id, row.attendees[0].by_member = buyer_id, member
    record("registration.basket_opened", row, actor=actor, at=at, changes={}, count=total)
    enqueue(OVER_JOB, key=f"{OVER_JOB}:{row.id}", actor=SYSTEM, at=at, not_before=row.expires_at, basket_id=row.id)
    if others:
        waiting.ask_next(others, event.id, at=at)
    return row


@operation
def describe(
    basket: Basket, event: Event, places: Sequence[Place], *, version: int | None = None, actor: Actor, at: datetime
) -> None:
    """Say who has the places, in their order, and what they book besides."""
    rows = basket.attendees
    if len(places) != len(rows):
        raise Invalid(_l("The basket has changed in the meantime; please look at it again."))
    if sum(place.is_buyer for place in places) > 1:
        raise Invalid(_l("Only one of these people can be you."))
    if any(place.is_buyer for place in places) and read.has_place(event.id, basket.buyer_id):
        raise Invalid(_l("You have a place at this event already."))
    tickets = locked({*(r.ticket_id for r in rows), *(key for place in places for key in place.extras)}, event.id)
    _hold(basket, version)
    member = is_member(basket.buyer_id, day_of(event, basket.opened_at))
    for row, place in zip(rows, places, strict=True):
        _describe(row, place, tickets, basket, member=member, actor=actor, at=at)
    _take_again(basket, tickets, at)
    record("registration.described", basket, actor=actor, at=at, event_id=event.id, changes={}, count=len(rows))


def _describe(
    row: Attendee, place: Place, tickets: Mapping[int, Ticket], basket: Basket, *, member: bool, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    row.set_name(place.name)
    row.email, row.organisation, row.answers = place.email, place.organisation, dict(place.answers)
    row.submission_id = place.submission_id
    row.person_id = basket.buyer_id if place.is_buyer else None
    row.by_member = place.is_buyer and member
    known = {extra.ticket_id: extra for extra in row.extras}
    for key, extra in known.items():
        if key not in place.extras:
            db.session.delete(extra)
    for key in place.extras:
        if key not in known:
            _demand_sold(tickets[key], basket.voucher, TicketKind.ADDON)
            row.extras.append(Extra(ticket_id=key, state=AttendeeState.BASKET))
    if place.student:
        proofs.show(row, place.proof, actor=actor, at=at)
    else:
        proofs.withdraw(row, actor=actor, at=at)
    db.session.flush()
    db.session.expire(row, ["extras", "proof"])


@operation
def leave(basket: Basket, *, actor: Actor, at: datetime) -> None:
    """Give the basket up; its places are free at once."""
    tickets = locked({row.ticket_id for row in basket.attendees}, basket.event_id)
    _hold(basket, None)
    _let_go(basket, at)
    record("registration.basket_left", basket, actor=actor, at=at, changes={})
    waiting.ask_next(tickets, basket.event_id, at=at)


@operation
def close_if_over(basket: Basket, *, at: datetime) -> bool:
    """Let go of a basket whose time is over. Safe to repeat."""
    tickets = locked({row.ticket_id for row in basket.attendees}, basket.event_id)
    lock(basket)
    if basket.state is not BasketState.OPEN or at < basket.expires_at:
        return False
    _let_go(basket, at)
    waiting.ask_next(tickets, basket.event_id, at=at)
    return True


@operation
def check_out(basket: Basket, event: Event, *, version: int | None = None, actor: Actor, at: datetime) -> Order:
    """One order over the whole basket. A basket whose time is over is ordered if its places are still there."""
    rows = basket.attendees
    tickets = locked({r.ticket_id for r in rows} | {e.ticket_id for r in rows for e in r.extras}, event.id)
    _hold(basket, version)
    _take_again(basket, tickets, at)
    priced = [price(row, basket.opened_at) for row in rows]
    lines = lines_of(priced)
    for one in priced:
        _to_order(one, actor=actor, at=at)
    basket.state = BasketState.ORDERED
    db.session.flush()
    # The lines name the attendees, and a free order is paid before ``place`` returns: they are found by the lines.
    order = orders.place(
        basket.buyer_id, lines, currency=current_app.extensions["settings"].currency, event_id=event.id,
        due_at=at + RegistrationOptions.of(event).pay_time, actor=actor, at=at,
    )  # fmt: skip
    for row in rows:
        row.order_id = order.id
        for extra in row.extras:
            extra.order_id = order.id
    return order


def _to_order(one: Priced, *, actor: Actor, at: datetime) -> None:
    row = one.attendee
    row.state, row.audience = AttendeeState.HELD, one.audience
    for extra in row.extras:
        extra.state = AttendeeState.HELD
    record("registration.registered", row, actor=actor, at=at, changes={}, name=row.name.both)


def open_of(event_id: int, buyer_id: int) -> Basket | None:
    query = select(Basket).where(
        Basket.event_id == event_id, Basket.buyer_id == buyer_id, Basket.state == BasketState.OPEN
    )
    return db.session.scalar(query.options(selectinload(Basket.attendees).selectinload(Attendee.extras)))


def _voucher(event: Event, code: str, at: datetime) -> Voucher:
    found = vouchers.by_code(event.id, code)
    reason = vouchers.why_not(found, at)
    if found is None or reason is not None:
        raise Invalid(voucher=reason or "")
    return found


def _demand_sold(ticket: Ticket, voucher: Voucher | None, kind: TicketKind = TicketKind.ADMISSION) -> None:
    seen = not ticket.hidden or (voucher is not None and ticket.id in voucher.ticket_ids)
    if ticket.kind is not kind or not ticket.on_sale or not seen:
        raise Invalid(_l("One of these tickets is not sold any more."))


def _hold(basket: Basket, version: int | None) -> None:
    lock(basket)
    expect_version(basket, version)
    if basket.state is not BasketState.OPEN:
        raise Invalid(_l("This basket was ordered or given up. Please begin again."))


def _take_again(basket: Basket, tickets: Mapping[int, Ticket], at: datetime) -> None:
    """Ask whether everything in the basket may be had, itself not counted; in its turn while its time runs."""
    runs = at < basket.expires_at
    basket.state = BasketState.LEFT  # for a moment, under the locks: its places do not count against itself
    db.session.flush()
    wanted, members = counted(basket.attendees)
    demand_places(tickets, wanted, members=members, in_turn=runs, at=at)
    if basket.voucher is not None:
        using = sum(row.voucher_id is not None for row in basket.attendees)
        demand_uses(basket.voucher, using, at, since=basket.opened_at)
    basket.state = BasketState.OPEN
    db.session.flush()


def _let_go(basket: Basket, at: datetime) -> None:
    basket.state = BasketState.LEFT
    for row in basket.attendees:
        row.state = AttendeeState.CANCELLED
        for extra in row.extras:
            extra.state = AttendeeState.CANCELLED
        proofs.withdraw(row, actor=SYSTEM, at=at)
    db.session.flush()
