"""Baskets, add-ons, vouchers and members' places: held for a while, counted once, never oversold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.errors import Invalid
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.payments.operations import orders
from confsys.registration.operations import baskets
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.catalogue import VoucherTerms, read_steps, save_voucher
from confsys.registration.queries import catalogue, vouchers
from confsys.registration.states import AttendeeState, BasketState, VoucherKind
from tests import factories
from tests.members import make
from tests.payments.till import pay
from tests.registration import booth

LONG = timedelta(minutes=21)


def hold(event: Event, ticket_id: int, count: int = 1, **more: object) -> baskets.Basket:
    buyer = booth.anybody()
    given = {"actor": Actor(buyer.id), "at": clock.now(), **more}
    return baskets.open_basket(event, buyer.id, {ticket_id: count}, **given)  # type: ignore[arg-type]


def voucher(event: Event, kind: VoucherKind, amount: int = 0, **more: object) -> vouchers.Voucher:
    terms = VoucherTerms(kind, amount, **more)  # type: ignore[arg-type]
    return save_voucher(event, None, "CODE-1", terms, actor=Actor(), at=clock.now())


def test_a_basket_holds_its_places_for_some_minutes(event: Event) -> None:
    sold = booth.ticket(event, "regular", 100, 2)
    basket = hold(event, sold.id, 2)
    with pytest.raises(Invalid, match="not enough"):
        hold(event, sold.id)
    with clock.frozen(clock.now() + LONG):
        assert catalogue.taken([sold.id], clock.now()) == {}
        other = hold(event, sold.id)
        with pytest.raises(Invalid, match="not enough"):
            baskets.check_out(basket, event, actor=Actor(basket.buyer_id), at=clock.now())
        queue.drain()
        assert factories.refreshed(basket).state is BasketState.LEFT
        assert factories.refreshed(other).state is BasketState.OPEN
        assert {row.state for row in basket.attendees} == {AttendeeState.CANCELLED}


def test_a_basket_late_at_the_till_is_ordered_while_its_places_are_left(event: Event) -> None:
    sold = booth.ticket(event, "regular", 100, 2)
    basket = hold(event, sold.id, 2)
    with clock.frozen(clock.now() + LONG):
        order = baskets.check_out(basket, event, actor=Actor(basket.buyer_id), at=clock.now())
    assert (order.total, len(booth.places(order))) == (200, 2)
    with pytest.raises(Invalid, match="ordered or given up"):
        baskets.check_out(basket, event, actor=Actor(basket.buyer_id), at=clock.now())


def test_a_new_basket_replaces_the_one_before(event: Event) -> None:
    sold = booth.ticket(event, "regular", 100, 2)
    first = hold(event, sold.id, 2)
    given = {"actor": Actor(first.buyer_id), "at": clock.now()}
    second = baskets.open_basket(event, first.buyer_id, {sold.id: 2}, **given)  # type: ignore[arg-type]
    assert factories.refreshed(first).state is BasketState.LEFT
    assert catalogue.taken([sold.id], clock.now()) == {sold.id: 2}
    baskets.leave(second, **given)  # type: ignore[arg-type]
    assert catalogue.taken([sold.id], clock.now()) == {}


def test_add_ons_have_a_quota_and_a_line_of_their_own(event: Event) -> None:
    sold, dinner = booth.ticket(event, "regular", 100), booth.addon(event, "dinner", 30, 1)
    order = booth.buy(event, sold, booth.anybody(), extras=(dinner.id,))
    assert [line.unit for line in order.lines] == [100, 30]
    with pytest.raises(Invalid, match="Dinner"):
        booth.buy(event, sold, booth.anybody(), extras=(dinner.id,))
    pay(order)
    (row,) = booth.places(order)
    assert [extra.state for extra in row.extras] == [AttendeeState.ACTIVE]
    with pytest.raises(Invalid, match="not sold"):
        booth.buy(event, dinner, booth.anybody())


def test_an_unpaid_order_gives_its_add_ons_back(event: Event) -> None:
    sold, dinner = booth.ticket(event, "regular", 100), booth.addon(event, "dinner", 30, 1)
    order = booth.buy(event, sold, booth.anybody(), extras=(dinner.id,))
    orders.cancel(order, actor=Actor(order.buyer_id), at=clock.now())
    assert catalogue.taken([sold.id, dinner.id], clock.now()) == {}
    booth.buy(event, sold, booth.anybody(), extras=(dinner.id,))


@pytest.mark.parametrize(
    ("kind", "amount", "total"),
    [
        (VoucherKind.PERCENT, 30, 701), (VoucherKind.AMOUNT, 400, 601), (VoucherKind.AMOUNT, 5000, 0),
        (VoucherKind.FREE, 0, 0),
    ],
)  # fmt: skip
def test_what_a_voucher_takes_off(event: Event, kind: VoucherKind, amount: int, total: int) -> None:
    sold = booth.ticket(event, "regular", 1001)
    voucher(event, kind, amount)
    order = booth.buy(event, sold, booth.anybody(), voucher=" code-1 ")
    assert order.total == total
    (row,) = booth.places(order)
    assert row.state is (AttendeeState.HELD if total else AttendeeState.ACTIVE)


def test_a_voucher_is_used_so_often_and_comes_back(event: Event) -> None:
    sold = booth.ticket(event, "regular", 1000)
    made = voucher(event, VoucherKind.PERCENT, 10, uses_max=2)
    order = booth.buy(event, sold, booth.anybody(), booth.place(booth.anybody()), voucher="CODE-1")
    with pytest.raises(Invalid, match="as often as it may be"):
        booth.buy(event, sold, booth.anybody(), voucher="CODE-1")
    orders.cancel(order, actor=Actor(order.buyer_id), at=clock.now())
    assert vouchers.uses([made.id], clock.now()) == {}
    booth.buy(event, sold, booth.anybody(), voucher="CODE-1")


def test_a_voucher_has_days_and_tickets_and_shows_hidden_ones(event: Event) -> None:
    open_, hidden = booth.ticket(event, "regular", 1000), booth.ticket(event, "guest", 500, hidden=True)
    made = voucher(
        event, VoucherKind.FREE, begins=clock.now() + booth.DAY, ends=clock.now() + 3 * booth.DAY,
        ticket_ids=(hidden.id,), uses_max=9,
    )  # fmt: skip
    with pytest.raises(Invalid, match="not hold yet"):
        booth.buy(event, hidden, booth.anybody(), voucher="CODE-1")
    with clock.frozen(clock.now() + 2 * booth.DAY):
        with pytest.raises(Invalid, match="not sold"):
            booth.buy(event, hidden, booth.anybody())
        with pytest.raises(Invalid, match="other tickets"):
            booth.buy(event, open_, booth.anybody(), voucher="CODE-1")
        assert booth.buy(event, hidden, booth.anybody(), voucher="CODE-1").total == 0
        seen = catalogue.offers(event.id, "CNY", clock.now())
        assert [offer.code for offer in seen] == ["regular"]
        shown = catalogue.offers(event.id, "CNY", clock.now(), made.ticket_ids)
        assert [offer.code for offer in shown] == ["regular", "guest"]
    with clock.frozen(clock.now() + 4 * booth.DAY), pytest.raises(Invalid, match="expired"):
        booth.buy(event, hidden, booth.anybody(), voucher="CODE-1")


def test_places_kept_for_members_are_only_theirs_until_their_day(event: Event) -> None:
    until = clock.now() + booth.DAY
    sold = booth.ticket(event, "regular", 1000, 3, member=500, members_first=2, members_until=until)
    booth.buy(event, sold, booth.anybody())
    with pytest.raises(Invalid, match="kept for members"):
        booth.buy(event, sold, booth.anybody())
    member = booth.anybody()
    make.member(member)
    assert booth.buy(event, sold, member).total == 500
    (offer,) = catalogue.offers(event.id, "CNY", clock.now())
    assert (offer.left, offer.for_members, offer.free_for(member=False), offer.free_for(member=True)) == (1, 1, 0, 1)
    with clock.frozen(until + timedelta(seconds=1)):
        booth.buy(event, sold, booth.anybody())


def test_people_may_be_named_later_but_not_the_buyer(event: Event, app: Flask) -> None:
    sold = booth.ticket(event, "regular", 100)
    order = booth.buy(event, sold, booth.anybody(), Place(), Place(PersonName(native="李雷"), "li@example.org"))
    assert [bool(row.name) for row in booth.places(order)] == [True, False, True]


@pytest.mark.parametrize("text", ["2026-05-01", "soon 80", "2026-05-01 101", "2026-05-01 50\n2026-06-01 80"])
def test_a_cancellation_rule_that_cannot_be(text: str, app: Flask) -> None:
    with pytest.raises(Invalid):
        read_steps(text)


def test_a_cancellation_rule_is_sorted_by_its_days(app: Flask) -> None:
    assert read_steps("2026-06-01 50 %\n2026-05-01 100") == ("2026-05-01 100", "2026-06-01 50")
