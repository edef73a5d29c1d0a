"""After the order: proofs, names, handing on, giving up, adding to, and the desk."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile, receive, store
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.payments.models import Order, Refund
from confsys.payments.states import OrderState
from confsys.registration import signed
from confsys.registration.models import Attendee
from confsys.registration.operations import changing, desk, proofs
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.changing import Details
from confsys.registration.queries import attendees, giving_up
from confsys.registration.states import AttendeeState, Audience, ProofState
from tests import factories
from tests.members import make
from tests.payments.till import pay
from tests.registration import booth


def student(event: Event, price: int = 1000, reduced: int = 400) -> Attendee:
    """A student who has paid and whose proof waits."""
    sold = booth.ticket(event, "regular", price, 5, student=reduced)
    person = booth.anybody()
    upload = FileStorage(io.BytesIO(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), "card.pdf")
    proof = receive(upload, actor=Actor(person.id), at=clock.now())
    order = booth.buy(event, sold, person, student=True, proof=proof)
    assert order.total == reduced
    pay(order)
    (row,) = booth.places(order)
    assert (row.audience, row.state) == (Audience.STUDENT, AttendeeState.ACTIVE)
    return row


def kept(sha256: str) -> bool:
    queue.drain()
    try:
        return bool(b"".join(store().read(sha256)))
    except FileNotFoundError:
        return False


def difference(row: Attendee) -> Order:
    proof = factories.refreshed(row).proof
    return db.session.get_one(Order, proof.order_id)


def test_an_accepted_proof_is_deleted_and_opens_the_door(event: Event) -> None:
    row = student(event)
    sha256 = row.proof.file.sha256
    with pytest.raises(Invalid, match="proof"):
        desk.check_in(row, actor=Actor(), at=clock.now())
    proofs.accept(row.proof, actor=Actor(), at=clock.now())
    assert db.session.scalar(select(StoredFile.id).where(StoredFile.sha256 == sha256)) is None
    assert not kept(sha256)
    desk.check_in(row, actor=Actor(), at=clock.now())
    with pytest.raises(Invalid, match="already"):
        proofs.accept(row.proof, actor=Actor(), at=clock.now())


def test_a_refused_proof_asks_for_the_difference(event: Event) -> None:
    row = student(event)
    proofs.refuse(row.proof, event, "expired card", stop=False, actor=Actor(), at=clock.now())
    owed = difference(row)
    assert (owed.total, row.state, row.proof.file_id) == (600, AttendeeState.HELD, None)
    pay(owed)
    row = factories.refreshed(row)
    assert (row.state, row.audience, row.proof.state) == (AttendeeState.ACTIVE, Audience.ANYONE, ProofState.SETTLED)


def test_a_difference_that_nobody_pays_ends_the_place_and_sends_the_rest_back(event: Event) -> None:
    row = student(event)
    proofs.refuse(row.proof, event, "expired card", stop=False, actor=Actor(), at=clock.now())
    with clock.frozen(clock.now() + timedelta(days=8)):
        queue.drain()
    row = factories.refreshed(row)
    assert (row.state, row.order.state) == (AttendeeState.CANCELLED, OrderState.REFUNDED)
    assert db.session.scalars(select(Refund.amount)).all() == [400]


def test_a_refused_proof_may_end_the_registration(event: Event) -> None:
    row = student(event)
    proofs.refuse(row.proof, event, "not a card", stop=True, actor=Actor(), at=clock.now())
    row = factories.refreshed(row)
    assert (row.state, row.proof.state) == (AttendeeState.CANCELLED, ProofState.STOPPED)
    assert row.order.state is OrderState.REFUNDED


def group(event: Event) -> tuple[Attendee, Attendee, Attendee]:
    """A payer, one named colleague, one place without a name; all paid."""
    sold = booth.ticket(event, "regular", 1000, 9)
    order = booth.buy(event, sold, booth.anybody(), booth.place(booth.anybody()), Place())
    pay(order)
    first, second, third = booth.places(order)
    return first, second, third


def test_a_place_is_taken_over_once_by_its_link(event: Event) -> None:
    _payer, _named, row = group(event)
    assert signed.claimed_place(signed.claim_code(row)) == (row.id, row.code)
    assert signed.claimed_place(signed.claim_code(row) + "x") is None
    person, other = booth.anybody(), booth.anybody()
    new = Details(person.name, "me@example.org")
    with pytest.raises(Invalid, match="no name yet"):
        desk.check_in(row, actor=Actor(), at=clock.now())
    changing.claim(row, person.id, row.code, new, actor=Actor(person.id), at=clock.now())
    assert (row.person_id, row.name) == (person.id, person.name)
    with pytest.raises(Invalid, match="used"):
        changing.claim(row, other.id, row.code, new, actor=Actor(other.id), at=clock.now())


def test_who_has_a_place_takes_no_second_one(event: Event) -> None:
    payer, _named, row = group(event)
    new = Details(payer.name)
    with pytest.raises(Invalid, match="place at this event already"):
        changing.claim(row, payer.buyer_id, row.code, new, actor=Actor(payer.buyer_id), at=clock.now())


def test_handing_on_makes_the_old_code_void(event: Event) -> None:
    _payer, row, _third = group(event)
    old, link = row.code, signed.claim_code(row)
    name = PersonName("Mei", "Han", "韩梅")
    changing.hand_on(row, name, "mei@example.org", version=None, actor=Actor(), at=clock.now())
    assert attendees.by_code(event.id, old) is None
    assert attendees.void_code(event.id, old) is not None
    found = attendees.by_code(event.id, row.code)
    assert found is not None
    assert found.name == name
    person = booth.anybody()
    made_for = signed.claimed_place(link)
    assert made_for is not None
    with pytest.raises(Invalid, match="used"):
        changing.claim(row, person.id, made_for[1], Details(name), actor=Actor(person.id), at=clock.now())


def test_a_members_place_is_for_the_member(event: Event) -> None:
    member = booth.anybody()
    make.member(member)
    order = booth.buy(event, booth.ticket(event, "regular", 1000, member=500), member)
    pay(order)
    (row,) = booth.places(order)
    with pytest.raises(Invalid, match="cannot be handed on"):
        changing.hand_on(row, PersonName(native="韩梅"), "m@example.org", version=None, actor=Actor(), at=clock.now())
    new = Details(PersonName(native="韩梅"))
    with pytest.raises(Invalid, match="person named"):
        changing.change_details(row, new, version=None, actor=Actor(), at=clock.now())
    changing.change_details(row, new, by_desk=True, version=None, actor=Actor(), at=clock.now())


@pytest.mark.parametrize(("days", "percent"), [(0, 80), (11, 50), (21, 0)])
def test_what_comes_back_follows_the_rule_and_is_shown_before(event: Event, days: int, percent: int) -> None:
    first = clock.now().date() + timedelta(days=10)
    booth.rules(event, cancel_steps=(f"{first} 80", f"{first + timedelta(days=10)} 50"))
    sold, dinner = booth.ticket(event, "regular", 1000), booth.addon(event, "dinner", 300, 1)
    order = booth.buy(event, sold, booth.anybody(), booth.place(booth.anybody(), extras=(dinner.id,)))
    pay(order)
    first_row, row = booth.places(order)
    with clock.frozen(clock.now() + timedelta(days=days)):
        quote = giving_up.quote(row, event, clock.now())
        assert (quote.paid.minor, quote.percent, quote.back.minor) == (1300, percent, 13 * percent)
        back = changing.give_up(row, event, version=None, actor=Actor(row.buyer_id), at=clock.now())
        assert back == 13 * percent
        assert sum(db.session.scalars(select(Refund.amount))) == back
        booth.buy(event, sold, booth.anybody(), extras=(dinner.id,))  # its dinner is free again
    assert factories.refreshed(row).state is AttendeeState.CANCELLED
    assert factories.refreshed(first_row).state is AttendeeState.ACTIVE


def test_of_a_free_group_one_place_is_given_up_alone(event: Event) -> None:
    sold = booth.ticket(event, "open", 0)
    order = booth.buy(event, sold, booth.anybody(), booth.place(booth.anybody()))
    first, second = booth.places(order)
    changing.give_up(second, event, version=None, actor=Actor(), at=clock.now())
    assert [factories.refreshed(row).state.value for row in (first, second)] == ["active", "cancelled"]


def test_something_is_booked_besides_later_at_a_price_of_its_own(event: Event) -> None:
    payer, *_others = group(event)
    dinner = booth.addon(event, "dinner", 300, 1)
    order = changing.add_extras(payer, event, [dinner.id], actor=Actor(payer.buyer_id), at=clock.now())
    with pytest.raises(Invalid, match="booked already"):
        changing.add_extras(payer, event, [dinner.id], actor=Actor(payer.buyer_id), at=clock.now())
    pay(order)
    (extra,) = factories.refreshed(payer).extras
    assert (order.total, extra.state, extra.order_id) == (300, AttendeeState.ACTIVE, order.id)
    assert giving_up.quote(payer, event, clock.now()).paid.minor == 1300
