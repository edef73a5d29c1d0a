"""Tickets to test with, and people who buy them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.events.options import keep_options
from confsys.payments.models import Order
from confsys.registration.models import Attendee, Ticket
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.catalogue import Price, Terms, save_ticket
from confsys.registration.operations.registering import NewAttendee, register
from confsys.registration.options import RegistrationOptions
from confsys.registration.states import Audience, TicketKind
from tests import factories

DAY = timedelta(days=1)


def ticket(event: Event, code: str, price: int, quota: int | None = None, **more: Any) -> Ticket:
    """A ticket at one price; ``member`` and ``student`` are further prices, the rest are terms."""
    prices = [Price(Audience.ANYONE, price)]
    for audience in (Audience.MEMBER, Audience.STUDENT):
        if audience.value in more:
            prices.append(Price(audience, more.pop(audience.value)))
    name = LocalizedText(code.title(), code.title())
    return save_ticket(event, None, code, name, quota, prices, Terms(**more), actor=Actor(), at=clock.now())


def addon(event: Event, code: str, price: int, quota: int | None = None, **more: Any) -> Ticket:
    return ticket(event, code, price, quota, kind=TicketKind.ADDON, **more)


def place(person: Person, **more: Any) -> Place:
    return Place(person.name, person.emails[0].address, **more)


def buy(event: Event, sold: Ticket, buyer: Person, *others: Place, voucher: str = "", **own: Any) -> Order:
    """Their own place first, then the others."""
    new = [NewAttendee(sold.id, one) for one in (place(buyer, is_buyer=True, **own), *others)]
    return register(event, buyer.id, new, voucher_code=voucher, actor=Actor(buyer.id), at=clock.now())


def places(order: Order) -> list[Attendee]:
    db.session.expire_all()
    return list(db.session.scalars(select(Attendee).where(Attendee.order_id == order.id).order_by(Attendee.id)))


def rules(event: Event, **values: Any) -> None:
    keep_options(event, RegistrationOptions(**values), version=None, actor=Actor(), at=clock.now())


def anybody() -> Person:
    return factories.person()
