"""The books of a shop in a story: how it opens, what dies, how time is worked off, and what must always agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
)
from sqlalchemy import func, select

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.jobs import Job, JobState
from confsys.core.jobs.running import perform
from confsys.core.localized import LocalizedText
from confsys.events.states import StageKind
from confsys.payments import jobs
from confsys.payments.models import Document, LedgerEntry, Order, Payment, Refund
from confsys.payments.operations import orders, paying, refunds
from confsys.payments.providers.base import Sent
from confsys.payments.providers.simulator import Simulator
from confsys.payments.queries import ledger
from confsys.payments.queries.fapiao import covered
from confsys.payments.states import (
    DocumentKind,
    OrderState,
    RefundState,
)
from confsys.registration.models import Attendee, Ticket, Voucher
from confsys.registration.operations.catalogue import Price, save_ticket
from confsys.registration.states import AttendeeState, Audience, VoucherKind
from tests import factories
from tests.conftest import NOW, _empty_database
from tests.members import make
from tests.payments.shop import EARLY_DAYS, PRICES, QUOTAS, TAKES_OFF, USES, Bought, Died, Model, dying

OURS = (orders.EXPIRE_JOB, refunds.SEND_JOB, paying.LOOK_UP_JOB)


class Books(RuleBasedStateMachine):
    """One event, two tickets with few places, three buyers of whom one is a member, and the model of it all."""

    shared_app: Flask

    @initialize()
    def open(self) -> None:
        self.context = self.shared_app.app_context()
        self.context.push()
        self.day, self.model, self.left_the_house = 0, Model(), dict[str, int]()
        #: Messages that were taken: the same one again says nothing new.
        self.told: set[str] = set()
        with self.today():
            self.event = factories.event()
            factories.stage(self.event, StageKind.REGISTRATION, due_in=60)
            self.tickets = {"regular": self._ticket("regular", paid=True), "free": self._ticket("free", paid=False)}
            factories.saved(
                Voucher(
                    event_id=self.event.id, code="SPRING", kind=VoucherKind.AMOUNT, amount=TAKES_OFF, uses_max=USES,
                    ticket_ids=[self.tickets["regular"].id], created_at=NOW,
                )
            )  # fmt: skip
            self.buyers = [factories.person() for _ in range(3)]
            make.member(self.buyers[0])
        self.real_refund, Simulator.refund = Simulator.refund, self._provider_sends  # type: ignore[method-assign]

    def _ticket(self, key: str, *, paid: bool) -> Ticket:
        prices = [Price(Audience.ANYONE, PRICES["late"] if paid else 0)]
        if paid:
            until = NOW + timedelta(days=EARLY_DAYS)
            prices += [Price(Audience.ANYONE, PRICES["early"], until), Price(Audience.MEMBER, PRICES["member"])]
        name = LocalizedText(key, "票")
        return save_ticket(self.event, None, key, name, QUOTAS[key], prices, actor=Actor(), at=NOW)

    def _provider_sends(self, refund: Refund, *, at: Any) -> Sent:
        """The provider says yes: the money has left, whatever becomes of us the moment after."""
        self.left_the_house[refund.code] = refund.amount
        return Sent(f"sim-{refund.code}", settled=True)

    def teardown(self) -> None:
        if hasattr(self, "real_refund"):
            Simulator.refund = self.real_refund  # type: ignore[method-assign]
        if hasattr(self, "context"):
            db.session.remove()
            _empty_database()
            self.context.pop()

    # What helps the rules

    def today(self) -> Any:
        # A second after the full day, so that a day's end and a due date never fall together by chance.
        return clock.frozen(NOW + timedelta(days=self.day, seconds=self.day))

    def attempt(self, do: Callable[[], Any], *, fine: bool, dies: bool = False) -> bool:
        """Do it; whether it took effect. The model said beforehand whether it would be refused."""
        with self.today():
            try:
                with dying(dies):
                    do()
            except Died:
                return False
            except Invalid:
                assert not fine, "refused, and the model sees no reason"
                return False
            finally:
                db.session.rollback()
        assert fine, "done, though the model says it must be refused"
        return True

    def one(self, n: int) -> tuple[Bought, Order]:
        bought = self.model.orders[n % len(self.model.orders)]
        return bought, db.session.get_one(Order, bought.id, populate_existing=True)

    def payment(self, order: Order, n: int) -> Payment | None:
        query = select(Payment).where(Payment.order_id == order.id).order_by(Payment.id)
        found = list(db.session.scalars(query.execution_options(populate_existing=True)))
        return found[n % len(found)] if found else None

    # Buying

    def _work(self, *, dies: bool) -> None:
        """Our jobs that are due. A dead worker's job is taken again by the next one."""
        functions = {
            orders.EXPIRE_JOB: jobs.expire,
            refunds.SEND_JOB: jobs.send_refund,
            paying.LOOK_UP_JOB: jobs.look_up,
        }
        with self.today():
            due = select(Job).where(Job.name.in_(OURS), Job.state == JobState.QUEUED, Job.not_before <= clock.now())
            for job in list(db.session.scalars(due.order_by(Job.id))):
                if dies:
                    try:
                        with dying(True):
                            functions[job.name](dict(job.arguments), None)  # type: ignore[operator]
                    except Died:
                        db.session.rollback()
                else:
                    perform(job.id)

    # What must always hold

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        db.session.expire_all()
        for bought in self.model.orders:
            self._books_of(bought)
        owed = db.session.scalar(select(func.sum(LedgerEntry.amount))) or 0
        assert owed == sum(bought.owed for bought in self.model.orders)
        gone = db.session.scalar(
            select(func.sum(Refund.amount)).where(
                Refund.code.in_(self.left_the_house), Refund.state == RefundState.SENT
            )
        )
        assert (gone or 0) == sum(self.left_the_house.values()) or self._unfinished()

    def _unfinished(self) -> bool:
        """A worker died after the provider said yes and nobody has taken its job again yet."""
        query = select(func.count()).where(Refund.code.in_(self.left_the_house), Refund.state == RefundState.REQUESTED)
        return bool(db.session.scalar(query))

    def _books_of(self, bought: Bought) -> None:
        order = db.session.get_one(Order, bought.id)
        assert order.state is bought.state
        assert ledger.received(order) == bought.came
        assert ledger.standing_price(order) == bought.price
        assert ledger.balance(order) == bought.owed
        assert ledger.to_send_back(order) == bought.to_send_back
        assert bought.sent + sum(bought.waiting.values()) <= bought.came, "never more is sent back than came"
        issued = self._issued(order)
        assert issued[DocumentKind.RECEIPT] == bought.came
        assert issued[DocumentKind.INVOICE] - issued[DocumentKind.CREDIT_NOTE] in (0, bought.price)
        if bought.state is OrderState.PAID:
            assert issued[DocumentKind.INVOICE] - issued[DocumentKind.CREDIT_NOTE] == bought.price
            assert covered(order) <= max(bought.price, self._covered(bought))
        self._places_of(bought)

    def _issued(self, order: Order) -> dict[DocumentKind, int]:
        query = select(Document.kind, func.sum(Document.amount)).where(Document.order_id == order.id)
        found = {kind: int(total) for kind, total in db.session.execute(query.group_by(Document.kind))}
        return dict.fromkeys(DocumentKind, 0) | found

    def _places_of(self, bought: Bought) -> None:
        query = select(Attendee.state, func.count()).where(Attendee.order_id == bought.id)
        states = {row[0]: row[1] for row in db.session.execute(query.group_by(Attendee.state))}
        expected = len(bought.holds)
        assert states.get(AttendeeState.ACTIVE, 0) == (0 if bought.state is OrderState.OPEN else expected)
        assert states.get(AttendeeState.HELD, 0) == (expected if bought.state is OrderState.OPEN else 0)

    @invariant()
    def nothing_is_oversold_and_no_number_is_missing(self) -> None:
        if not hasattr(self, "model"):
            return
        query = select(Attendee.ticket_id, func.count()).where(
            Attendee.state.in_([AttendeeState.HELD, AttendeeState.ACTIVE])
        )
        taken = {row[0]: row[1] for row in db.session.execute(query.group_by(Attendee.ticket_id))}
        uses = select(func.count()).select_from(Attendee).where(
            Attendee.voucher_id.is_not(None), Attendee.state.in_([AttendeeState.HELD, AttendeeState.ACTIVE])
        )  # fmt: skip
        assert db.session.scalar(uses) == sum(order.uses for order in self.model.orders) <= USES
        for key, ticket in self.tickets.items():
            assert taken.get(ticket.id, 0) == self.model.taken(key) <= QUOTAS[key]
        numbered = select(Document.series, func.count(), func.min(Document.sequence), func.max(Document.sequence))
        for _series, count, first, last in db.session.execute(numbered.group_by(Document.series)):
            assert (first, last) == (1, count)
