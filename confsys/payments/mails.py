"""What the till writes to buyers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from confsys.core.mail import Recipient, post
from confsys.payments.models import Order, Refund

SCOPE = "treasury"


def _write(template: str, order: Order, *, key: str, at: datetime, **values: Any) -> None:
    person = order.buyer
    address = next((e.address for e in person.emails if e.is_primary), "")
    if not address:
        return
    recipient = Recipient(address, person.name.shown(person.locale), person.locale, person.id)
    post(f"payments/mail/{template}.txt", recipient, key=key, at=at, event_id=order.event_id, scope=SCOPE,
         order=order, **values)  # fmt: skip


def placed(order: Order, *, at: datetime) -> None:
    _write("placed", order, key=f"order-placed:{order.id}", at=at)


def paid(order: Order, *, at: datetime) -> None:
    _write("paid", order, key=f"order-paid:{order.id}:{at.isoformat()}", at=at)


def expired(order: Order, *, at: datetime) -> None:
    _write("expired", order, key=f"order-expired:{order.id}:{at.isoformat()}", at=at)


def refunded(refund: Refund, *, at: datetime) -> None:
    _write("refunded", refund.order, key=f"refund-sent:{refund.id}", at=at, refund=refund)
