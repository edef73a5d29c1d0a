"""Orders to test with, and a provider that tells what it is told to."""

from __future__ import annotations

from datetime import timedelta

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.localized import LocalizedText
from confsys.payments import providers
from confsys.payments.models import Order, Payment
from confsys.payments.operations import orders, paying
from confsys.payments.operations.orders import NewLine
from confsys.payments.providers.base import NoticeKind
from confsys.payments.providers.simulator import message
from confsys.payments.states import NoticeOutcome
from tests import factories

WEEK = timedelta(days=7)


def place(buyer: Person, *amounts: int, event_id: int | None = None) -> Order:
    """An order of one line an amount, due in a week."""
    lines = [NewLine(LocalizedText(f"Thing {n}", f"物品{n}"), a, "tests", f"thing:{n}") for n, a in enumerate(amounts)]
    at = clock.now()
    return orders.place(
        buyer.id, lines, currency="CNY", event_id=event_id, due_at=at + WEEK, actor=Actor(buyer.id), at=at
    )


def begin(order: Order, provider: str = "simulator") -> Payment:
    return paying.start(order, provider, actor=Actor(order.buyer_id), at=clock.now())


def tell(payment: Payment, amount: int | None = None, *, notice: str = "n1", currency: str = "") -> NoticeOutcome:
    """The simulator says that money came, through its signature."""
    provider = providers.named("simulator")
    headers, body = message(f"{payment.code}:{notice}", NoticeKind.PAID, payment, amount=amount, currency=currency)
    told = provider.read(headers, body, at=clock.now())
    assert told is not None
    return paying.take_notice("simulator", told, at=clock.now())


def pay(order: Order, amount: int | None = None) -> NoticeOutcome:
    return tell(begin(order), amount)


def treasurer() -> Person:
    """The society's."""
    made = factories.person()
    made.roles.append(SiteRoleGrant(role=SiteRole.TREASURER))
    return factories.saved(made)
