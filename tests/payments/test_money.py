"""Whatever happens in whatever order, and whatever dies meanwhile: ledger, orders, places and documents say the same.

``CONFSYS_TEST_MONEY=2000`` looks through so many stories instead of the suite's few.
"""

from __future__ import annotations

import os

from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.money import Money
from confsys.payments import providers
from confsys.payments.models import FapiaoRequest, Order, Payment, Refund
from confsys.payments.operations import documents, fapiao, orders, paying, refunds
from confsys.payments.operations.fapiao import Issued, Wanted
from confsys.payments.providers.base import Forged, NoticeKind
from confsys.payments.providers.simulator import message
from confsys.payments.states import (
    FapiaoKind,
    FapiaoState,
    FapiaoType,
    OrderState,
    PaymentState,
    RefundState,
    TitleKind,
)
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.registering import NewAttendee, register
from tests import factories
from tests.conftest import NOW
from tests.payments.books import Books
from tests.payments.shop import TAKES_OFF, Bought
from tests.payments.till import begin, place, tell

STORIES = int(os.environ.get("CONFSYS_TEST_MONEY", "30"))
WHICH = st.integers(0, 7)
DIES = st.sampled_from([False] * 5 + [True])
WANTED = st.lists(st.sampled_from(["regular", "regular", "free"]), min_size=1, max_size=3)
NOTICES, CURRENCIES = st.sampled_from(["n1", "n2"]), st.sampled_from(["", "", "USD"])
SHARES = st.sampled_from(["all", "all", "half", "more"])


class Shop(Books):
    """What buyers, providers, treasurers and time do, in any order."""

    @rule(who=st.integers(0, 2), wanted=WANTED, comes=st.booleans(), voucher=st.booleans(), dies=DIES)
    def buys(self, who: int, wanted: list[str], comes: bool, voucher: bool, dies: bool) -> None:
        """The first place may be the buyer's own; places lie by ticket, each with what the voucher takes off."""
        buyer, wanted = self.buyers[who], sorted(wanted, key=wanted.index)
        people = [
            NewAttendee(self.tickets[t].id, Place(buyer.name, "a@example.org", is_buyer=comes and n == 0))
            for n, t in enumerate(wanted)
        ]
        uses = wanted.count("regular") if voucher else 0
        made: list[Order] = []

        def do() -> None:
            code = "SPRING" if voucher else ""
            made.append(
                register(self.event, buyer.id, people, voucher_code=code, actor=Actor(buyer.id), at=clock.now())
            )

        free = not (comes and self.model.has_place(who))
        fine = free and self.model.has_room(wanted, uses) and (not voucher or uses > 0)
        if self.attempt(do, fine=fine, dies=dies):
            member = who == 0 and comes
            costs = [self.model.price_of(t, member=member and n == 0, day=self.day) for n, t in enumerate(wanted)]
            bought = self._bought(made[0].id, wanted, costs, voucher)
            bought.buyer, bought.own = who, next(iter(bought.places)) if comes else None

    def _bought(self, order_id: int, wanted: list[str], costs: list[int], voucher: bool) -> Bought:
        order = db.session.get_one(Order, order_id, populate_existing=True)
        assert order.due_at is not None
        lines = [line for line in order.lines if line.reference.startswith("attendee:")]
        assert [line.unit for line in lines] == costs
        off = [TAKES_OFF if voucher and ticket == "regular" else 0 for ticket in wanted]
        assert sorted(line.unit for line in order.lines if line not in lines) == sorted(-o for o in off if o)
        net = {line.id: cost - o for line, cost, o in zip(lines, costs, off, strict=True)}
        total = sum(net.values())
        made = Bought(
            order.id, total, order.due_at, {line.id: t for line, t in zip(lines, wanted, strict=True)}, net,
            {line.id for line, o in zip(lines, off, strict=True) if o}, price=total,
            state=OrderState.OPEN if total else OrderState.PAID,
        )  # fmt: skip
        self.model.orders.append(made)
        return made

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, dies=DIES)
    def cancels(self, n: int, dies: bool) -> None:
        bought, order = self.one(n)
        fine = bought.state is OrderState.OPEN
        if self.attempt(lambda: orders.cancel(order, actor=Actor(), at=clock.now()), fine=fine, dies=dies):
            bought.state, bought.price = OrderState.CANCELLED, 0

    # Paying

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, provider=st.sampled_from(["simulator", "simulator", "transfer"]), dies=DIES)
    def begins_to_pay(self, n: int, provider: str, dies: bool) -> None:
        bought, order = self.one(n)
        fine = bought.state is OrderState.OPEN and bought.owed > 0
        self.attempt(lambda: begin(order, provider), fine=fine, dies=dies)

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, m=WHICH, share=SHARES, notice=NOTICES, currency=CURRENCIES, dies=DIES)
    def the_provider_tells(self, n: int, m: int, share: str, notice: str, currency: str, dies: bool) -> None:
        """On time, late, twice, out of turn, with another amount or in another currency."""
        bought, order = self.one(n)
        payment = self.payment(order, m)
        if payment is None or payment.provider != "simulator":
            return
        amount = {"all": payment.amount, "half": payment.amount // 2, "more": payment.amount + 7_00}[share]
        id_ = f"{payment.code}:{notice}"
        counts = payment.state is not PaymentState.SUCCEEDED and not currency and id_ not in self.told
        if self.attempt(lambda: tell(payment, amount, notice=notice, currency=currency), fine=True, dies=dies):
            self.told.add(id_)
            if counts:
                self.model.money_came(bought, amount)

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, m=WHICH)
    def somebody_forges(self, n: int, m: int) -> None:
        payment = self.payment(self.one(n)[1], m)
        if payment is not None:
            with self.today():
                headers, body = message("forged", NoticeKind.PAID, payment)
                try:
                    providers.named("simulator").read(headers, body.replace(b"paid", b"PAID"), at=clock.now())
                except Forged:
                    return
            raise AssertionError("a forged message was believed")

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, m=WHICH, dies=DIES)
    def announces_a_transfer(self, n: int, m: int, dies: bool) -> None:
        bought, order = self.one(n)
        payment = self.payment(order, m)
        if payment is None or payment.provider != "transfer":
            return
        fine, id_ = payment.state in {PaymentState.STARTED, PaymentState.FAILED}, payment.id
        if self.attempt(lambda: paying.claim(payment, None, "", actor=Actor(), at=clock.now()), fine=fine, dies=dies):
            bought.claimed.add(id_)

    @precondition(lambda self: any(order.claimed for order in self.model.orders))
    @rule(n=WHICH, share=SHARES, comes=st.booleans(), dies=DIES)
    def the_treasurer_looks(self, n: int, share: str, comes: bool, dies: bool) -> None:
        waiting = [order for order in self.model.orders if order.claimed]
        bought = waiting[n % len(waiting)]
        payment = db.session.get_one(Payment, min(bought.claimed), populate_existing=True)
        amount = {"all": payment.amount, "half": payment.amount // 2, "more": payment.amount + 7_00}[share]
        id_, version, money = payment.id, payment.version, Money(amount, "CNY")

        def do() -> None:
            if comes:
                paying.confirm(payment, money, "", version=version, actor=Actor(), at=clock.now())
            else:
                paying.reject(payment, "", version=version, actor=Actor(), at=clock.now())

        if self.attempt(do, fine=True, dies=dies):
            bought.claimed.remove(id_)
            if comes:
                self.model.money_came(bought, amount)
            else:
                with self.today():
                    self.model.rejected(bought, clock.now(), paying.AFTER_REJECTION)

    # Taking back

    @precondition(lambda self: self.model.orders)
    @rule(
        n=WHICH, amount=st.sampled_from([1, 100_00, 500_00, 10**9]), whole=st.booleans(), line=st.booleans(), dies=DIES
    )
    def the_treasurer_refunds(self, n: int, amount: int, whole: bool, line: bool, dies: bool) -> None:
        bought, order = self.one(n)
        lines: list[int] = []
        if line and bought.places:
            lines = [next(iter(bought.places))]
            amount = bought.costs[lines[0]]
        elif whole:
            amount = bought.price
        fine = bought.state is OrderState.PAID and 0 <= amount <= bought.price and bool(amount or not bought.price)
        made: list[Refund] = []

        def do() -> None:
            made.extend(refunds.take_back(order, amount, line_ids=lines, actor=Actor(), at=clock.now()))

        if self.attempt(do, fine=fine, dies=dies):
            self.model.taken_back(bought, amount, lines)
            bought.waiting |= {refund.id: refund.amount for refund in made}
            assert sum(refund.amount for refund in made) == amount

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, dies=DIES)
    def the_treasurer_sends_back(self, n: int, dies: bool) -> None:
        bought, order = self.one(n)
        made: list[Refund] = []

        def do() -> None:
            made.extend(refunds.send_back(order, actor=Actor(), at=clock.now()))

        expected = bought.to_send_back
        if self.attempt(do, fine=expected > 0, dies=dies):
            bought.waiting |= {refund.id: refund.amount for refund in made}
            assert sum(refund.amount for refund in made) == expected

    @precondition(lambda self: any(order.waiting for order in self.model.orders))
    @rule(n=WHICH, dies=DIES)
    def the_treasurer_says_sent(self, n: int, dies: bool) -> None:
        """By hand; those of a provider's payments go by themselves."""
        for bought in self.model.orders:
            for id_ in list(bought.waiting):
                refund = db.session.get_one(Refund, id_, populate_existing=True)
                assert refund.payment is not None
                if refund.payment.provider == "transfer":
                    do = lambda r=refund: refunds.settle_refund(r, actor=Actor(), at=clock.now())  # noqa: E731
                    if self.attempt(do, fine=True, dies=dies):
                        bought.sent += bought.waiting.pop(id_)
                    return

    # Papers

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, anew=st.booleans(), dies=DIES)
    def asks_for_an_invoice(self, n: int, anew: bool, dies: bool) -> None:
        bought, order = self.one(n)
        if anew:
            version = order.version
            self.attempt(
                lambda: orders.bill_to(order, "Unit", "", "", version=version, actor=Actor(), at=clock.now()),
                fine=True, dies=dies,
            )  # fmt: skip
        else:
            fine = bought.price > 0
            self.attempt(lambda: documents.ask_for_invoice(order, actor=Actor(), at=clock.now()), fine=fine, dies=dies)

    @precondition(lambda self: self.model.orders)
    @rule(n=WHICH, dies=DIES)
    def asks_for_a_fapiao(self, n: int, dies: bool) -> None:
        bought, order = self.one(n)
        fine = bought.state is OrderState.PAID and bought.price > self._covered(bought)
        wanted = Wanted(FapiaoKind.FAPIAO, FapiaoType.ORDINARY, TitleKind.PERSON, "Wei", "wei@example.org")
        self.attempt(lambda: fapiao.request(order, wanted, actor=Actor(), at=clock.now()), fine=fine, dies=dies)

    def _covered(self, bought: Bought) -> int:
        states = (FapiaoState.REQUESTED, FapiaoState.ISSUED)
        query = select(func.sum(FapiaoRequest.amount)).where(
            FapiaoRequest.order_id == bought.id, FapiaoRequest.state.in_(states)
        )
        return db.session.scalar(query) or 0

    @rule(n=WHICH, dies=DIES)
    def the_authority_issues_or_reverses(self, n: int, dies: bool) -> None:
        rows = list(db.session.scalars(select(FapiaoRequest).order_by(FapiaoRequest.id)))
        if not rows:
            return
        row = rows[n % len(rows)]
        on, number = NOW.date(), Issued(f"{row.id:020}", NOW.date())
        bought = next(one for one in self.model.orders if one.id == row.order_id)
        if row.state is FapiaoState.REQUESTED:
            fine = self._covered(bought) <= bought.price
            self.attempt(
                lambda: fapiao.issue(row, number, None, version=None, actor=Actor(), at=clock.now()),
                fine=fine, dies=dies,
            )  # fmt: skip
        elif row.state is FapiaoState.ISSUED:
            red = Issued(f"{row.id + 500:020}", on)
            self.attempt(
                lambda: fapiao.reverse(row, red, "", version=None, actor=Actor(), at=clock.now()), fine=True, dies=dies
            )

    # Time

    @rule(days=st.sampled_from([0, 1, 3, 8]), dies=st.booleans())
    def time_passes(self, days: int, dies: bool) -> None:
        """Background work is done, the first time perhaps by a worker that dies after the provider said yes."""
        self.day += days
        if dies:
            self._work(dies=True)
        self._work(dies=False)
        with self.today():
            self.model.time_passes(clock.now())
        for bought in self.model.orders:
            for id_ in list(bought.waiting):
                if db.session.get_one(Refund, id_, populate_existing=True).state is RefundState.SENT:
                    bought.sent += bought.waiting.pop(id_)
                else:
                    refund = db.session.get_one(Refund, id_)
                    assert refund.payment is not None
                    assert refund.payment.provider == "transfer", "a provider's refund goes by itself"


def test_ledger_orders_places_and_documents_agree(shared_app: Flask) -> None:
    machine = type("ShopHere", (Shop,), {"shared_app": shared_app})
    run_state_machine_as_test(machine, settings=settings(max_examples=STORIES, stateful_step_count=14))


def test_paying_is_an_operation_of_the_order(app: Flask) -> None:
    """A payment of one order never settles another."""
    one, other = place(factories.person(), 10_00), place(factories.person(), 10_00)
    tell(begin(one))
    assert factories.refreshed(other).state is OrderState.OPEN
    assert paying.start(other, "simulator", actor=Actor(other.buyer_id), at=clock.now()).order_id == other.id
