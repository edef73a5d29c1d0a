"""The waiting list: in turn, for a time, and nobody passes those who wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.payments.operations import orders
from confsys.registration import signed
from confsys.registration.models import Ticket, WaitingEntry
from confsys.registration.operations import baskets, waiting
from confsys.registration.operations.catalogue import Price, save_ticket
from confsys.registration.queries import catalogue
from confsys.registration.queries import waiting as read
from confsys.registration.states import Audience, WaitingState
from tests import factories
from tests.payments.till import pay
from tests.registration import booth


def wait(event: Event, sold: Ticket) -> WaitingEntry:
    person = booth.anybody()
    return waiting.join(sold, event, person.id, actor=Actor(person.id), at=clock.now())


def states(*entries: WaitingEntry) -> list[str]:
    db.session.expire_all()
    return [entry.state.value for entry in entries]


def accept(event: Event, entry: WaitingEntry) -> baskets.Basket:
    return baskets.open_basket(
        event, entry.person_id, {entry.ticket_id: 1}, offer=entry, actor=Actor(entry.person_id), at=clock.now()
    )


def test_a_place_that_comes_free_is_offered_in_turn(event: Event) -> None:
    sold = booth.ticket(event, "regular", 100, 1)
    order = booth.buy(event, sold, booth.anybody())
    first, second = wait(event, sold), wait(event, sold)
    assert [number for _entry, number in read.of_person(second.person_id)] == [2]
    orders.cancel(order, actor=Actor(order.buyer_id), at=clock.now())
    assert states(first, second) == ["offered", "waiting"]
    with pytest.raises(Invalid, match="Others wait"):
        booth.buy(event, sold, booth.anybody())
    mail = db.session.scalars(select(MailMessage).where(MailMessage.person_id == first.person_id)).all()[-1]
    assert signed.offer_code(first) in mail.text
    basket = accept(event, first)
    assert states(first) == ["taken"]
    pay(baskets.check_out(basket, event, actor=Actor(first.person_id), at=clock.now()))
    assert catalogue.taken([sold.id], clock.now()) == {sold.id: 1}


def test_an_offer_not_taken_in_time_goes_to_the_next(event: Event) -> None:
    booth.rules(event, offer_hours=2)
    sold = booth.ticket(event, "regular", 100, 1)
    order = booth.buy(event, sold, booth.anybody())
    first, second = wait(event, sold), wait(event, sold)
    orders.cancel(order, actor=Actor(order.buyer_id), at=clock.now())
    with clock.frozen(clock.now() + timedelta(hours=2, seconds=1)):
        with pytest.raises(Invalid, match="ended"):
            accept(event, first)
        queue.drain()
        assert states(first, second) == ["expired", "offered"]
        assert waiting.end_offer(first, at=clock.now()) is False
        waiting.step_out(factories.refreshed(second), actor=Actor(second.person_id), at=clock.now())
        booth.buy(event, sold, booth.anybody())  # nobody waits any more


def test_an_expired_basket_of_an_offer_gives_the_turn_on(event: Event) -> None:
    sold = booth.ticket(event, "regular", 100, 1)
    order = booth.buy(event, sold, booth.anybody())
    first, second = wait(event, sold), wait(event, sold)
    orders.cancel(order, actor=Actor(order.buyer_id), at=clock.now())
    accept(event, first)
    with clock.frozen(clock.now() + timedelta(minutes=21)):
        queue.drain()
        assert states(second) == ["offered"]


def test_more_places_go_to_those_who_wait(event: Event) -> None:
    sold = booth.ticket(event, "regular", 100, 1)
    booth.buy(event, sold, booth.anybody())
    first, second, third = (wait(event, sold) for _ in range(3))
    save_ticket(event, sold, "regular", sold.name, 3, [Price(Audience.ANYONE, 100)], actor=Actor(), at=clock.now())
    assert states(first, second, third) == ["offered", "offered", "waiting"]


def test_standing_in_line_twice_is_once(event: Event) -> None:
    sold = booth.ticket(event, "regular", 100, 0)
    entry = wait(event, sold)
    again = waiting.join(sold, event, entry.person_id, actor=Actor(entry.person_id), at=clock.now())
    assert again.id == entry.id
    assert entry.state is WaitingState.WAITING
    with pytest.raises(Invalid, match="no waiting list"):
        wait(event, booth.ticket(event, "endless", 100))
