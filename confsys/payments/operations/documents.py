"""Issuing invoices, credit notes and receipts. What was issued stands; a change is a further document.

For every order that has an invoice: invoices less credit notes are what the ledger says it costs; receipts are what the
ledger says was paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.documents import next_number
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.jobs import enqueue
from confsys.core.operation import lock, operation
from confsys.payments.models import Document, DocumentFile, Order, OrderLine, Payment
from confsys.payments.providers import named
from confsys.payments.providers.transfer import account
from confsys.payments.queries import ledger
from confsys.payments.states import DocumentKind, FapiaoKind, OrderState

SET_JOB = "payments.set_document"
PREFIXES = {DocumentKind.INVOICE: "INV", DocumentKind.CREDIT_NOTE: "CN", DocumentKind.RECEIPT: "RC"}
Printed = Sequence[dict[str, Any]]


def standing_invoice(order: Order) -> tuple[Document, int] | None:
    """The invoice that is not wholly taken back, and what is left of it."""
    query = select(Document).where(Document.order_id == order.id).order_by(Document.id)
    issued = list(db.session.scalars(query))
    for invoice in reversed([d for d in issued if d.kind is DocumentKind.INVOICE]):
        left = invoice.amount - sum(d.amount for d in issued if d.reverses_id == invoice.id)
        if left:
            return invoice, left
    return None


def ensure_invoice(order: Order, *, at: datetime) -> Document | None:
    """The standing invoice, issued now if there is none; None when nothing is owed."""
    found = standing_invoice(order)
    if found is not None:
        return found[0]
    price = ledger.standing_price(order)
    if not price:
        return None
    return _issue(DocumentKind.INVOICE, order, price, _lines(order, price), at=at)


@operation
def ask_for_invoice(order: Order, *, actor: Actor, at: datetime) -> Document:
    """An invoice before the money: many offices pay only against one."""
    lock(order)
    made = ensure_invoice(order, at=at) if order.state in {OrderState.OPEN, OrderState.PAID} else None
    if made is None:
        raise Invalid(_l("There is nothing to invoice."))
    return made


def credit_standing_invoice(
    order: Order, amount: int, *, lines: Sequence[OrderLine] = (), reason: str = "", at: datetime
) -> None:
    """Take back part or all of the invoice that stands, if any; ``lines`` are those it is about, where it is."""
    found = standing_invoice(order)
    if found is None or not amount:
        return
    invoice, left = found
    taken = min(amount, left)
    if taken == invoice.amount:
        printed = invoice.contents["lines"]
    elif lines and taken == sum(line.amount for line in lines):
        printed = [_line(line) for line in lines]
    else:
        printed = [_taken_back(taken, reason)]
    _issue(DocumentKind.CREDIT_NOTE, order, taken, printed, reverses=invoice, at=at)


def reissue_invoice(order: Order, *, at: datetime) -> None:
    """The same price with other words, as the order now says who pays."""
    found = standing_invoice(order)
    if found is not None:
        credit_standing_invoice(order, found[1], at=at)
        ensure_invoice(order, at=at)


def issue_receipt(payment: Payment, *, at: datetime) -> Document:
    """Money came: one receipt a payment."""
    printed = [{"text": {"en": f"Order {payment.order.code}", "zh": f"订单 {payment.order.code}"},
                "unit": payment.received, "quantity": 1, "amount": payment.received}]  # fmt: skip
    return _issue(DocumentKind.RECEIPT, payment.order, payment.received or 0, printed, payment=payment, at=at)


def _lines(order: Order, price: int) -> Printed:
    printed = [_line(line) for line in order.lines]
    if price != order.total:
        printed.append(_taken_back(price - order.total))
    return printed


def _line(line: OrderLine) -> dict[str, Any]:
    return {"text": line.text.as_dict(), "unit": line.unit, "quantity": line.quantity, "amount": line.amount}


def _taken_back(amount: int, reason: str = "") -> dict[str, Any]:
    text = {"en": f"Taken back: {reason}", "zh": f"冲减：{reason}"} if reason else {"en": "Taken back", "zh": "冲减"}
    return {"text": text, "unit": amount, "quantity": 1, "amount": amount}


def _issue(
    kind: DocumentKind, order: Order, amount: int, lines: Printed, *, reverses: Document | None = None,
    payment: Payment | None = None, at: datetime,
) -> Document:  # fmt: skip
    settings = current_app.extensions["settings"]
    today = at.astimezone(ZoneInfo(settings.zone)).date()
    series = f"payments.{kind.value}-{today.year}"
    sequence = next_number(series)
    made = Document(
        kind=kind, series=series, sequence=sequence, number=f"{PREFIXES[kind]}-{today.year}-{sequence:06}",
        code=new_code(12), order_id=order.id, payment_id=payment.id if payment else None,
        reverses_id=reverses.id if reverses else None, amount=amount, currency=order.currency, issued_at=at,
        contents={
            "date": today.isoformat(), "order": order.code, "lines": list(lines), "bill_to": _billed(order),
            "reverses": reverses.number if reverses else "", "paid_by": payment.provider if payment else "",
            "dues": all(line.bill is FapiaoKind.DUES_BILL for line in order.lines), "pay_to": _pay_to(kind),
            "issuer": {
                "en": settings.society_en, "zh": settings.society_zh, "address": settings.society_address,
                "tax_id": settings.society_credit_code,
            },
        },
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    enqueue(SET_JOB, key=f"payments.document:{made.id}", actor=Actor(), at=at, document_id=made.id)
    return made


def _pay_to(kind: DocumentKind) -> list[str]:
    """Holder, bank and number of the account on an invoice: an office that pays against it has nothing else."""
    return [] if kind is not DocumentKind.INVOICE or named("transfer").missing() else list(account())


def _billed(order: Order) -> dict[str, Any]:
    given = {key: value for key, value in order.bill_to.items() if value}
    return {"name": order.buyer.name.both, "address": "", "tax_id": ""} | given


@operation
def keep_file(document: Document, stored: StoredFile, *, at: datetime) -> None:
    """Keep the PDF that was set; the first one stays."""
    if db.session.get(DocumentFile, document.id) is not None:
        return
    db.session.add(stored)
    db.session.flush()
    db.session.add(DocumentFile(document_id=document.id, file_id=stored.id, made_at=at))


def next_in(series: str) -> int:
    """How many documents a series has; equal to its last number, as there are no gaps."""
    return db.session.scalar(select(func.count()).select_from(Document).where(Document.series == series)) or 0
