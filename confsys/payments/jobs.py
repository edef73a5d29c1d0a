"""Background work of the till. Each may be killed at any line and begin again."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import receive_path
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, job
from confsys.payments import providers
from confsys.payments.models import Document, DocumentFile, Order, Payment, Refund
from confsys.payments.operations import documents, orders, paying, refunds
from confsys.payments.printing import set_document
from confsys.payments.providers.base import ProviderAway, ProviderRefused
from confsys.payments.states import NoticeOutcome, PaymentState, RefundState


@job(orders.EXPIRE_JOB, _l("Letting go of an unpaid order"))
def expire(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Before an order is let go of, its providers are asked: the message that it was paid may have been lost."""
    order = db.session.get(Order, arguments["order_id"])
    if order is None:
        return {"expired": False}
    for payment in list(order.payments):
        with suppress(ProviderAway):  # money that comes later revives the order
            _ask(payment)
    return {"expired": orders.expire(order, at=clock.now())}


@job(documents.SET_JOB, _l("Setting a document"))
def set_one(arguments: dict[str, Any], _progress: Progress) -> None:
    document = db.session.get(Document, arguments["document_id"])
    if document is not None:
        ensure_file(document)


def ensure_file(document: Document) -> DocumentFile:
    """The PDF of a document, set now if the job has not come to it yet."""
    known = db.session.get(DocumentFile, document.id)
    if known is not None:
        return known
    at = clock.now()
    with tempfile.TemporaryDirectory(prefix="confsys-document-") as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(set_document(document))
        stored = receive_path(path, name=f"{document.number}.pdf", actor=Actor(), at=at)
    documents.keep_file(document, stored, at=at)
    return db.session.get_one(DocumentFile, document.id)


@job(refunds.SEND_JOB, _l("Sending money back"))
def send_refund(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """The provider may be away: then the job fails and comes again; it knows the refund by its code."""
    refund = db.session.get(Refund, arguments["refund_id"])
    if refund is None or refund.payment is None or refund.state is not RefundState.REQUESTED:
        return {"already": True}
    at = clock.now()
    try:
        sent = providers.named(refund.payment.provider).refund(refund, at=at)
    except ProviderRefused as error:
        refunds.fail_refund(refund, at=at)
        return {"refused": str(error)[:200]}
    if sent.settled:
        refunds.settle_refund(refund, external_id=sent.external_id, actor=Actor(), at=at)
    return {"sent": sent.external_id}


@job(paying.LOOK_UP_JOB, _l("Asking what became of a payment"))
def look_up(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """A provider's message may never come: ask."""
    payment = db.session.get(Payment, arguments["payment_id"])
    outcome = _ask(payment) if payment is not None else None
    return {"outcome": outcome.value if outcome else None}


def _ask(payment: Payment) -> NoticeOutcome | None:
    """None: nothing to ask, or nothing new."""
    if payment.state is not PaymentState.STARTED:
        return None
    try:
        notice = providers.named(payment.provider).look_up(payment)
    except ProviderRefused:
        return None
    return None if notice is None else paying.take_notice(payment.provider, notice, at=clock.now())
