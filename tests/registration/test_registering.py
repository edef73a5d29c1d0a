"""Registering: prices by date and membership, places never oversold, money decides, the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.payments.models import Order
from confsys.payments.operations import orders, refunds
from confsys.payments.states import OrderState
from confsys.registration.models import Attendee, Ticket
from confsys.registration.operations import desk
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.catalogue import Price, save_ticket
from confsys.registration.operations.registering import NewAttendee, register
from confsys.registration.queries import attendees, catalogue
from confsys.registration.signatures import signature
from confsys.registration.states import AttendeeState, Audience
from tests import factories
from tests.conftest import QueryCounter
from tests.members import make
from tests.payments.till import begin, pay, tell


@pytest.fixture
def ticket(event: Event) -> Ticket:
    at = clock.now()
    prices = [
        Price(Audience.ANYONE, 1000_00), Price(Audience.ANYONE, 800_00, at + timedelta(days=3)),
        Price(Audience.MEMBER, 500_00),
    ]  # fmt: skip
    return save_ticket(event, None, "regular", LocalizedText("Regular", "普通"), 3, prices, actor=Actor(), at=at)


def book(event: Event, ticket: Ticket, count: int = 1) -> Order:
    people = [factories.person() for _ in range(count)]
    new = [NewAttendee(ticket.id, Place(p.name, p.emails[0].address, is_buyer=p is people[0])) for p in people]
    return register(event, people[0].id, new, actor=Actor(people[0].id), at=clock.now())


def states(order: Order) -> set[AttendeeState]:
    db.session.expire_all()
    return set(db.session.scalars(select(Attendee.state).where(Attendee.order_id == order.id)))


def test_unpaid_is_held_and_paid_is_active(event: Event, ticket: Ticket) -> None:
    order = book(event, ticket, 2)
    assert states(order) == {AttendeeState.HELD}
    pay(order)
    assert states(order) == {AttendeeState.ACTIVE}


def test_the_early_price_goes_by_the_day_of_registering(event: Event, ticket: Ticket) -> None:
    order = book(event, ticket)
    with clock.frozen(clock.now() + timedelta(days=5)):
        pay(order)
        later = book(event, ticket)
    assert (order.total, later.total) == (800_00, 1000_00)
    assert factories.refreshed(order).state is OrderState.PAID


def test_the_member_price_is_for_a_valid_membership_of_oneself_only(event: Event, ticket: Ticket) -> None:
    member = factories.person()
    make.member(member)
    guest = NewAttendee(ticket.id, Place(factories.person().name, "guest@example.org"))
    me = NewAttendee(ticket.id, Place(member.name, "me@example.org", is_buyer=True))
    both = register(event, member.id, [me, guest], actor=Actor(member.id), at=clock.now())
    assert [line.unit for line in both.lines] == [500_00, 800_00]
    assert book(event, ticket).total == 800_00


def test_places_are_not_oversold_and_come_back(event: Event, ticket: Ticket) -> None:
    order = book(event, ticket, 3)
    with pytest.raises(Invalid):
        book(event, ticket)
    orders.cancel(order, actor=Actor(order.buyer_id), at=clock.now())
    assert states(order) == {AttendeeState.CANCELLED}
    assert states(book(event, ticket)) == {AttendeeState.HELD}


def test_late_money_gets_a_place_only_while_one_is_left(event: Event, ticket: Ticket) -> None:
    first, second = book(event, ticket, 2), book(event, ticket)
    late, later = begin(first), begin(second)
    with clock.frozen(clock.now() + timedelta(days=8)):
        queue.drain()
        assert states(first) | states(second) == {AttendeeState.CANCELLED}
        book(event, ticket)
        tell(late)
        tell(later)
    assert states(first) == {AttendeeState.ACTIVE}
    assert states(second) == {AttendeeState.CANCELLED}
    assert catalogue.taken([ticket.id], clock.now()) == {ticket.id: 3}


def test_a_refund_of_one_line_ends_one_place(event: Event, ticket: Ticket) -> None:
    order = book(event, ticket, 2)
    pay(order)
    refunds.take_back(order, 800_00, line_ids=[order.lines[1].id], actor=Actor(), at=clock.now())
    query = select(Attendee.state).where(Attendee.order_id == order.id).order_by(Attendee.id)
    assert list(db.session.scalars(query)) == [AttendeeState.ACTIVE, AttendeeState.CANCELLED]


def test_a_ticket_opens_the_door_once_and_gives_a_certificate(event: Event, ticket: Ticket) -> None:
    order = book(event, ticket)
    attendee = db.session.scalars(select(Attendee).where(Attendee.order_id == order.id)).one()
    with pytest.raises(Invalid, match="not paid"):
        desk.check_in(attendee, actor=Actor(), at=clock.now())
    pay(order)
    with pytest.raises(Invalid):
        desk.certify(attendee, event, actor=Actor(), at=clock.now())
    desk.check_in(attendee, actor=Actor(), at=clock.now())
    with pytest.raises(Invalid, match="already"):
        desk.check_in(attendee, actor=Actor(), at=clock.now())
    made = desk.certify(attendee, event, actor=Actor(), at=clock.now())
    assert desk.certify(attendee, event, actor=Actor(), at=clock.now()).number == made.number


def test_an_attendee_registers_pays_is_let_in_and_gets_a_certificate(
    event: Event, ticket: Ticket, client: FlaskClient, app: Flask
) -> None:
    me = factories.person("Wei", "Zhang", "张伟")
    factories.sign_in(client, me)
    assert "Regular" in client.get("/events/am26/registration/").text
    begun = client.post("/events/am26/registration/new", data={f"count-{ticket.id}": "1", "own": "y"})
    assert begun.status_code == 303, begun.text
    assert "Zhang" in client.get(begun.location).text
    form = {"p0-family": "Zhang", "p0-given": "Wei", "p0-native": "张伟", "p0-email": "wei@example.org",
            "p0-is_buyer": "y"}  # fmt: skip
    check = client.post(begun.location, data=form)
    assert check.status_code == 303, check.text
    assert "800" in client.get(check.location).text
    answer = client.post(check.location)
    assert answer.status_code == 303, answer.text
    page = client.post(f"{answer.location}/pay", data={"provider": "simulator"})
    assert client.post(page.location, data={"choice": "pay"}).status_code == 303
    assert client.get(answer.location).status_code == 200
    attendee = db.session.scalars(select(Attendee)).one()
    assert attendee.state is AttendeeState.ACTIVE
    here = f"/events/am26/registration/tickets/{attendee.code}"
    assert client.get(here).status_code == 200
    assert client.get(f"{here}/qr.svg").text.startswith("<svg")
    staff = factories.sign_in(app.test_client(), factories.grant(event, Role.HELPER))
    scan = f"/events/am26/check-in/{attendee.code}"
    assert client.get(f"{scan}/{signature(attendee.code)}").status_code == 404
    assert staff.get(f"{scan}/{'0' * 20}").status_code == 404
    assert staff.get(f"{scan}/{signature(attendee.code)}").status_code == 200
    assert staff.get("/events/am26/check-in/?q=zhang").status_code == 200
    staff.post(scan)
    assert "Checked in already" in staff.post(scan, follow_redirects=True).text
    pdf = client.post(f"{here}/certificate")
    assert pdf.data.startswith(b"%PDF")
    stranger = factories.sign_in(app.test_client(), factories.person())
    assert stranger.get(here).status_code == 404
    assert stranger.get(answer.location).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(
    event: Event, ticket: Ticket, client: FlaskClient, queries: QueryCounter
) -> None:
    factories.sign_in(client, factories.grant(event, Role.ORGANISER))
    counts = []
    for _ in range(2):
        book(event, ticket, len(counts) + 1)
        db.session.expire_all()
        with queries:
            assert client.get("/events/am26/registration/attendees").status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1] < 20
    assert db.session.scalar(select(func.count()).select_from(Attendee)) == 3


def test_publishing_can_ask_which_papers_are_covered(event: Event, ticket: Ticket) -> None:
    author = factories.person()
    paper = factories.submission(event, author)
    new = NewAttendee(ticket.id, Place(author.name, "a@example.org", is_buyer=True, submission_id=paper.id))
    order = register(event, author.id, [new], actor=Actor(author.id), at=clock.now())
    assert attendees.covered_papers(event.id) == frozenset()
    pay(order)
    assert attendees.covered_papers(event.id) == {paper.id}
