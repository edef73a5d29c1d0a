"""What was observed to go wrong in other systems, each by its name, from the order to the page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.events.states import StageKind
from confsys.members.models import Member, Term
from confsys.members.operations.dues import ask_renewal
from confsys.members.operations.paying import order_for
from confsys.members.queries import valid_membership
from confsys.members.states import DueKind
from confsys.payments.models import Order
from confsys.payments.operations import orders, refunds
from confsys.payments.states import OrderState
from confsys.registration.models import Ticket
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.catalogue import Price, save_ticket
from confsys.registration.operations.registering import NewAttendee, register
from confsys.registration.states import Audience
from tests import factories
from tests.members import make
from tests.payments.till import begin, pay, tell

TODAY = date(2026, 3, 10)
REGULAR, EARLY, MEMBER = 1000_00, 800_00, 500_00


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am26")
    factories.stage(made, StageKind.REGISTRATION, due_in=60)
    return made


@pytest.fixture
def ticket(event: Event) -> Ticket:
    prices = [
        Price(Audience.ANYONE, REGULAR), Price(Audience.ANYONE, EARLY, clock.now() + timedelta(days=3)),
        Price(Audience.MEMBER, MEMBER),
    ]  # fmt: skip
    return save_ticket(
        event, None, "regular", LocalizedText("Regular", "普通"), None, prices, actor=Actor(), at=clock.now()
    )


def registered(event: Event, ticket: Ticket, buyer: Person, name: PersonName | None = None) -> Order:
    one = NewAttendee(ticket.id, Place(name or buyer.name, "a@example.org", is_buyer=name is None))
    return register(event, buyer.id, [one], actor=Actor(buyer.id), at=clock.now())


def renewal_of(member: Member) -> Order:
    due = ask_renewal(member, actor=Actor(member.person_id), at=clock.now())
    return order_for(due, actor=Actor(member.person_id), at=clock.now())


def ends_on(member: Member) -> date:
    found = valid_membership(member.person_id, TODAY)
    assert found is not None
    return found.ends_on


def test_renewing_with_pay_later_neither_demotes_nor_extends(app: Flask) -> None:
    """CiviCRM: a pending renewal made an active member pending, or prolonged them before any money."""
    member = make.member(days_ago=330)
    before = ends_on(member)
    order = renewal_of(member)
    assert ends_on(member) == before
    orders.cancel(order, actor=Actor(member.person_id), at=clock.now())
    assert ends_on(member) == before
    pay(renewal_of(member))
    db.session.expire_all()
    assert valid_membership(member.person_id, before + timedelta(days=300)) is not None


def test_an_unpaid_order_never_makes_a_member_or_an_attendee(app: Flask, event: Event, ticket: Ticket) -> None:
    person = factories.person()
    dues = order_for(make.due(person, make.tier()), actor=Actor(person.id), at=clock.now())
    place = registered(event, ticket, person)
    pay(dues, 1_00)
    pay(place, 1_00)
    with clock.frozen(clock.now() + timedelta(days=400)):
        queue.drain()
    assert factories.refreshed(place).state is OrderState.EXPIRED
    assert valid_membership(person.id, TODAY) is None
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert registered(event, ticket, person).total == EARLY


def test_an_expired_membership_gets_no_member_price(app: Flask, event: Event, ticket: Ticket) -> None:
    lapsed, current = make.member(days_ago=500), make.member(tier_=make.tier("other"))
    assert registered(event, ticket, lapsed.person).total == EARLY
    assert registered(event, ticket, current.person).total == MEMBER


def test_another_persons_number_gets_no_member_price(app: Flask, event: Event, ticket: Ticket) -> None:
    """Whoever types a member's number or name, or registers a member besides themselves, proves nothing by it."""
    member, stranger = make.member(), factories.person()
    assert registered(event, ticket, stranger, member.person.name).total == EARLY
    assert registered(event, ticket, stranger, PersonName("A000000001M", "A000000001M")).total == EARLY
    assert registered(event, ticket, member.person, stranger.name).total == EARLY


def test_a_membership_taken_back_gets_no_member_price(app: Flask, event: Event, ticket: Ticket) -> None:
    person = factories.person()
    dues = order_for(make.due(person, make.tier()), actor=Actor(person.id), at=clock.now())
    pay(dues)
    order = registered(event, ticket, person)
    assert order.total == MEMBER
    orders.cancel(order, actor=Actor(person.id), at=clock.now())
    refunds.take_back(dues, dues.total, actor=Actor(), at=clock.now())
    assert registered(event, ticket, person).total == EARLY


def test_renew_shows_in_grace(app: Flask) -> None:
    """CiviCRM hid the button on the last day, just when it was needed."""
    early, late = make.member(days_ago=10), make.member(days_ago=380, tier_=make.tier("late"))
    membership = valid_membership(late.person_id, TODAY)
    assert membership is not None
    assert membership.in_grace
    pages = [factories.sign_in(app.test_client(), m.person).get("/membership").text for m in (early, late)]
    assert ["/membership/renew" in page for page in pages] == [False, True]


@pytest.mark.parametrize("end", [date(9999, 12, 31), date(2126, 3, 10), date(2026, 3, 9)])
def test_a_membership_that_never_ends_or_ends_before_it_began_is_impossible(app: Flask, end: date) -> None:
    member = make.member()
    due = make.due(member.person, member.tier, DueKind.RENEWAL)
    term = Term(
        member_id=member.id, tier_id=member.tier_id, due_id=due.id, starts_on=TODAY, ends_on=end, grace_until=end,
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(term)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_early_price_is_that_of_the_day_of_registering_and_not_of_the_money(
    app: Flask, event: Event, ticket: Ticket
) -> None:
    """Registered in time and paid late: early. Registered late: not early, although the page was opened in time."""
    order = registered(event, ticket, factories.person())
    payment = begin(order)
    with clock.frozen(clock.now() + timedelta(days=5)):
        tell(payment)
        late = registered(event, ticket, factories.person())
    assert (factories.refreshed(order).state, order.total, late.total) == (OrderState.PAID, EARLY, REGULAR)
