"""Registering people: places are held, an order is placed, and the order's money decides the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.formatting import tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.names import PersonName
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.payments.models import Order
from confsys.payments.operations import orders
from confsys.payments.operations.orders import NewLine
from confsys.registration.models import Attendee, Ticket
from confsys.registration.queries.catalogue import best_price, day_of, is_member, taken
from confsys.registration.states import ATTENDEE_TRANSITIONS, AttendeeState

SELLER = "registration"
#: How long an unpaid place is held: long enough for a university's transfer.
PAY_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NewAttendee:
    """One person to register. ``is_buyer``: the signed-in person themselves, whose membership counts."""

    ticket_id: int
    name: PersonName
    email: str
    organisation: str = ""
    is_buyer: bool = False
    submission_id: int | None = None


@operation
def register(event: Event, buyer_id: int, people: Sequence[NewAttendee], *, actor: Actor, at: datetime) -> Order:
    """Hold a place for each and place one order over all of them."""
    if not people:
        raise Invalid(_l("Who is coming?"))
    tickets = _locked({one.ticket_id for one in people}, event.id)
    _demand_places(tickets, [one.ticket_id for one in people])
    member = is_member(buyer_id, day_of(event, at))
    made: list[tuple[Attendee, NewLine]] = []
    for one in people:
        ticket = tickets[one.ticket_id]
        found = best_price(ticket, member=member and one.is_buyer, at=at)
        if found is None or not ticket.on_sale:
            raise Invalid(_l("One of these tickets is not sold any more."))
        audience, price = found
        row = Attendee(
            event_id=event.id, ticket_id=ticket.id, buyer_id=buyer_id, person_id=buyer_id if one.is_buyer else None,
            state=AttendeeState.HELD, code=new_code(10), audience=audience, given=one.name.given,
            family=one.name.family, native=one.name.native, sort_key=one.name.sort_key, email=one.email,
            organisation=one.organisation, submission_id=one.submission_id, registered_at=at,
        )  # fmt: skip
        record("registration.registered", row, actor=actor, at=at, changes={}, name=one.name.both)
        made.append((row, NewLine(ticket.name, price.amount, SELLER, f"attendee:{row.id}")))
    currency = current_app.extensions["settings"].currency
    rows = [row for row, _line in made]
    # The lines name the attendees, and a free order is paid before ``place`` returns: they are found by the lines.
    order = orders.place(
        buyer_id, [line for _row, line in made], currency=currency, event_id=event.id, due_at=at + PAY_WITHIN,
        actor=actor, at=at,
    )  # fmt: skip
    for row in rows:
        row.order_id = order.id
    return order


def _locked(ticket_ids: set[int], event_id: int) -> dict[int, Ticket]:
    """The tickets, held in one order by everybody who sells: nobody oversells and nobody waits in a circle."""
    query = select(Ticket).where(Ticket.id.in_(ticket_ids), Ticket.event_id == event_id).order_by(Ticket.id)
    found = {row.id: row for row in db.session.scalars(query.with_for_update())}
    if set(found) != ticket_ids:
        raise Invalid(_l("One of these tickets is not sold any more."))
    return found


def _demand_places(tickets: dict[int, Ticket], wanted: Sequence[int]) -> None:
    used = taken(tickets)
    for ticket in tickets.values():
        if ticket.quota is not None and used.get(ticket.id, 0) + wanted.count(ticket.id) > ticket.quota:
            raise Invalid(_l("There are not enough places left for “%(name)s”.", name=tx(ticket.name)))


def _of_order(order: Order) -> list[Attendee]:
    """By the order's own lines, so that it works before the attendees know their order."""
    ids = [int(line.reference.partition(":")[2]) for line in order.lines if line.seller == SELLER]
    return list(db.session.scalars(select(Attendee).where(Attendee.id.in_(ids)).order_by(Attendee.id)))


def _move(row: Attendee, to: AttendeeState) -> None:
    if to in ATTENDEE_TRANSITIONS[row.state]:
        row.state = to


def hand_over(order: Order, *, actor: Actor, at: datetime) -> None:
    """The order is paid: its places are theirs."""
    for row in _of_order(order):
        _move(row, AttendeeState.ACTIVE)
        record("registration.confirmed", row, actor=actor, at=at, name=row.name.both)


def let_go(order: Order, *, actor: Actor, at: datetime) -> None:
    """The order was cancelled or expired: its places are free again."""
    for row in _of_order(order):
        _move(row, AttendeeState.CANCELLED)
        record("registration.let_go", row, actor=actor, at=at, name=row.name.both)


def take_away(
    order: Order, *, whole: bool, line_ids: Sequence[int], actor: Actor, at: datetime, **_refund: object
) -> None:
    """The price was taken back: the places it was for end."""
    lines = {line.id: line for line in order.lines}
    named = {f"attendee:{row.id}": row for row in _of_order(order)}
    ended = (
        list(named.values()) if whole else [named[lines[i].reference] for i in line_ids if lines[i].seller == SELLER]
    )
    for row in ended:
        _move(row, AttendeeState.CANCELLED)
        record("registration.ended", row, actor=actor, at=at, name=row.name.both)


def hold_again(order: Order, *, actor: Actor, at: datetime) -> None:
    """Late money: the places are held again if they are still there. Raises Invalid when they are not."""
    rows = [row for row in _of_order(order) if row.state is AttendeeState.CANCELLED]
    if not rows:
        return
    _demand_places(_locked({row.ticket_id for row in rows}, rows[0].event_id), [row.ticket_id for row in rows])
    for row in rows:
        _move(row, AttendeeState.HELD)
