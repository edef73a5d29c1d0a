"""What becomes of a place after it was ordered: named, taken over, handed on, added to, given up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.formatting import tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.money import Money
from confsys.core.names import PersonName
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.payments.models import Order
from confsys.payments.operations import orders
from confsys.payments.states import OrderState
from confsys.registration import mails
from confsys.registration.models import Attendee, Extra, VoidCode
from confsys.registration.operations import ending
from confsys.registration.operations.holding import demand_places, hold_with_order, locked
from confsys.registration.operations.lines import extra_line, extra_price
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries import attendees as read
from confsys.registration.queries.catalogue import day_of
from confsys.registration.states import AttendeeState, Audience, TicketKind


@dataclass(frozen=True, slots=True)
class Details:
    """What the holder of a place may write."""

    name: PersonName
    email: str = ""
    organisation: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


def _demand_live(row: Attendee) -> None:
    if row.state not in {AttendeeState.HELD, AttendeeState.ACTIVE}:
        raise Invalid(_l("This place has been given up."))
    if row.checked_in_at is not None:
        raise Invalid(_l("Who has been checked in stays as they are."))


@operation
def change_details(
    row: Attendee, new: Details, *, by_desk: bool = False, version: int | None, actor: Actor, at: datetime
) -> None:
    """Name somebody for a place of a group, or mend what was written. A reduced price is for the person it was for:
    there only the desk mends a name."""
    lock(row)
    expect_version(row, version)
    _demand_live(row)
    reduced = row.audience is not Audience.ANYONE
    if reduced and row.name and new.name != row.name and not by_desk:
        raise Invalid(
            _l("A member's or student's place is for the person named. The organisers can mend a misspelt name.")
        )
    if not new.name and (row.name or row.person_id is not None):
        raise Invalid(native=_l("Everybody needs a name, in Latin letters, in their own script, or both."))
    asked = row.email != new.email
    row.set_name(new.name)
    row.email, row.organisation, row.answers = new.email, new.organisation, dict(new.answers)
    record("registration.changed", row, actor=actor, at=at, name=row.name.both)
    if asked and row.person_id is None and row.state is AttendeeState.ACTIVE:
        mails.place(row, at=at)


@operation
def claim(row: Attendee, person_id: int, code: str, new: Details, *, actor: Actor, at: datetime) -> None:
    """Take over a place that somebody else paid, by the link that was sent. It works once."""
    lock(row)
    if row.code != code or row.claimed_at is not None or row.person_id is not None:
        raise Invalid(_l("This link has been used, or the place was handed to somebody else."))
    _demand_live(row)
    if read.has_place(row.event_id, person_id):
        raise Invalid(_l("You have a place at this event already. Hand this link to a colleague instead."))
    if not new.name:
        raise Invalid(native=_l("Everybody needs a name, in Latin letters, in their own script, or both."))
    row.person_id, row.claimed_at = person_id, at
    row.set_name(new.name)
    row.email, row.organisation, row.answers = new.email, new.organisation, dict(new.answers)
    record("registration.claimed", row, actor=actor, at=at, name=row.name.both)


@operation
def hand_on(row: Attendee, name: PersonName, email: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """A colleague comes instead: a new code, the old one opens nothing, a link to take the place over."""
    lock(row)
    expect_version(row, version)
    _demand_live(row)
    if row.state is not AttendeeState.ACTIVE:
        raise Invalid(_l("Only a paid place can be handed on."))
    if row.audience is not Audience.ANYONE or row.by_member:
        raise Invalid(
            _l("A member's or student's place cannot be handed on. Cancel it, and let your colleague register.")
        )
    if not name:
        raise Invalid(native=_l("Who comes instead?"))
    before = row.name.both
    db.session.add(VoidCode(code=row.code, attendee_id=row.id, at=at))
    row.code, row.person_id, row.claimed_at = new_code(10), None, None
    row.set_name(name)
    row.email, row.organisation, row.answers = email, "", {}
    record("registration.handed_on", row, actor=actor, at=at, name=before, other=name.both)
    mails.place(row, at=at)


@operation
def add_extras(row: Attendee, event: Event, ticket_ids: Collection[int], *, actor: Actor, at: datetime) -> Order:
    """Book something besides for a place that stands: an order of its own, at the price of today."""
    tickets = locked(ticket_ids, event.id)
    lock(row)
    _demand_live(row)
    if not tickets:
        raise Invalid(_l("What would you like besides?"))
    has = {extra.ticket_id for extra in row.extras if extra.state is not AttendeeState.CANCELLED}
    for ticket in tickets.values():
        if ticket.kind is not TicketKind.ADDON or not ticket.on_sale or ticket.hidden:
            raise Invalid(_l("One of these tickets is not sold any more."))
        if ticket.id in has:
            raise Invalid(_l("“%(name)s” is booked already.", name=tx(ticket.name)))
    demand_places(tickets, Counter(list(tickets)), at=at)
    made = [Extra(ticket_id=key, attendee_id=row.id, state=AttendeeState.HELD) for key in tickets]
    db.session.add_all(made)
    db.session.flush()
    lines = [extra_line(extra, extra_price(extra, row, at)) for extra in made]
    record("registration.extras_added", row, actor=actor, at=at, changes={}, name=row.name.both)
    order = orders.place(
        actor.person_id or row.buyer_id, lines, currency=current_app.extensions["settings"].currency,
        event_id=event.id, due_at=at + RegistrationOptions.of(event).pay_time, actor=actor, at=at,
    )  # fmt: skip
    for extra in made:
        extra.order_id = order.id
    return order


@operation
def give_up(row: Attendee, event: Event, *, version: int | None, actor: Actor, at: datetime) -> int:
    """Cancel a place. What comes back follows the event's rule on the day; in minor units."""
    hold_with_order(row)
    expect_version(row, version)
    _demand_live(row)
    if row.order is not None and row.order.state is OrderState.OPEN:
        raise Invalid(_l("This place is not paid yet: cancel its order, or let it expire."))
    percent = RegistrationOptions.of(event).percent_back(day_of(event, at))
    record("registration.given_up", row, actor=actor, at=at, name=row.name.both)
    back = ending.take_money_back(row, percent, str(_l("Cancelled by the attendee.")), actor=actor, at=at)
    ending.end([row], "ended", actor=actor, at=at)
    mails.cancelled(row, Money(back, current_app.extensions["settings"].currency), at=at)
    return back
