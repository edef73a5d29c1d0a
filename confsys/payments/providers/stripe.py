"""Stripe Checkout. Keys come from the settings alone; the library is an optional extra and sends no telemetry."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import current_app

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.payments.providers.base import Begun, Forged, Notice, NoticeKind, ProviderAway, ProviderRefused, Sent
from confsys.settings import PREFIX

if TYPE_CHECKING:
    from confsys.payments.models import Payment, Refund

#: Older messages are not believed: somebody may have kept one.
TOLERANCE = timedelta(minutes=10)
PAID = frozenset({"checkout.session.completed", "checkout.session.async_payment_succeeded"})
FAILED = frozenset({"checkout.session.expired", "checkout.session.async_payment_failed"})


class Stripe:
    key = "stripe"
    label = _l("Card, Alipay or WeChat Pay (Stripe)")
    sentence = _l("You pay on a page of Stripe and come back here.")
    refunds = True

    def missing(self) -> list[str]:
        settings = current_app.extensions["settings"]
        needed = ("stripe_secret_key", "stripe_webhook_secret")
        absent = [f"{PREFIX}{name.upper()}" for name in needed if not getattr(settings, name)]
        return absent if importlib.util.find_spec("stripe") else ["pip install 'confsys[stripe]'", *absent]

    def begin(self, payment: Payment, *, back: str, at: datetime) -> Begun:
        order = payment.order
        with _client() as client:
            session = client.v1.checkout.sessions.create(
                {
                    "mode": "payment",
                    "client_reference_id": payment.code,
                    "metadata": {"payment": payment.code, "order": order.code},
                    "payment_intent_data": {"metadata": {"payment": payment.code, "order": order.code}},
                    "line_items": [
                        {
                            "quantity": 1,
                            "price_data": {
                                "currency": order.currency.lower(), "unit_amount": payment.amount,
                                "product_data": {"name": f"{_society()} · {order.code}"},
                            },
                        }
                    ],
                    "success_url": back,
                    "cancel_url": back,
                },
                {"idempotency_key": f"begin-{payment.code}"},
            )  # fmt: skip
        return Begun(session.id, session.url or back)

    def read(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Notice | None:
        import stripe  # noqa: PLC0415  (optional extra)

        header, secret = headers.get("Stripe-Signature", ""), current_app.extensions["settings"].stripe_webhook_secret
        try:
            stripe.WebhookSignature.verify_header(body, header, secret)
            said = json.loads(body)
            sent = int(dict(part.split("=", 1) for part in header.split(","))["t"])
        except (stripe.SignatureVerificationError, ValueError, KeyError) as error:
            raise Forged(str(error)) from error
        if abs(at.timestamp() - sent) > TOLERANCE.total_seconds():
            raise Forged("too old")
        return _notice(str(said.get("id", "")), str(said.get("type", "")), said.get("data", {}).get("object", {}))

    def look_up(self, payment: Payment) -> Notice | None:
        if not payment.external_id:
            return None
        with _client() as client:
            session = client.v1.checkout.sessions.retrieve(payment.external_id)
        if session.payment_status != "paid":
            gone = session.status == "expired"
            return Notice(f"looked-up:{session.id}:expired", NoticeKind.FAILED, payment.code) if gone else None
        money = Money(session.amount_total or 0, (session.currency or "").upper())
        return Notice(f"looked-up:{session.id}", NoticeKind.PAID, payment.code, money, _intent(session.payment_intent))

    def refund(self, refund: Refund, *, at: datetime) -> Sent:
        if refund.payment is None:
            raise ProviderRefused("no payment")
        with _client() as client:
            made = client.v1.refunds.create(
                {
                    "payment_intent": refund.payment.external_id,
                    "amount": refund.amount,
                    "metadata": {"refund": refund.code, "payment": refund.payment.code},
                },
                {"idempotency_key": f"refund-{refund.code}"},
            )
        if made.status in {"failed", "canceled"}:
            raise ProviderRefused(made.status)
        return Sent(made.id, settled=made.status == "succeeded")


def _notice(id_: str, type_: str, about: dict[str, Any]) -> Notice | None:
    """What a Stripe event means to us. A completed session may still wait for its money (delayed methods)."""
    known = about.get("metadata") or {}
    code = known.get("payment", "")
    if type_ in PAID and about.get("payment_status") == "paid":
        money = Money(int(about["amount_total"]), str(about["currency"]).upper())
        return Notice(id_, NoticeKind.PAID, code, money, _intent(about.get("payment_intent")))
    if type_ in FAILED:
        return Notice(id_, NoticeKind.FAILED, code)
    if type_ in {"refund.updated", "refund.created"} and about.get("status") == "succeeded":
        return Notice(id_, NoticeKind.REFUNDED, code, external_id=about["id"], refund_code=known.get("refund", ""))
    return None


def _intent(given: Any) -> str:
    """The payment intent by id, however it was given: refunds name it."""
    return given if isinstance(given, str) else str(getattr(given, "id", "") or "")


def _society() -> str:
    return str(current_app.extensions["settings"].society_en)


@contextmanager
def _client() -> Iterator[Any]:
    """A client with our key; what goes wrong at the other side becomes one of our two failures."""
    if _HERE.missing():
        raise ProviderRefused("Stripe is not set up")
    import stripe  # noqa: PLC0415  (optional extra)

    settings = current_app.extensions["settings"]
    stripe.enable_telemetry = False
    addresses: Any = {"api": settings.stripe_api} if settings.stripe_api else {}
    http: Any = stripe.RequestsClient(timeout=20)
    client = stripe.StripeClient(
        settings.stripe_secret_key, base_addresses=addresses or None, max_network_retries=1, http_client=http,
    )  # fmt: skip
    try:
        yield client
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise ProviderAway(str(error)) from error
    except stripe.StripeError as error:
        away = (error.http_status or 500) >= 500
        raise (ProviderAway if away else ProviderRefused)(str(error)) from error
    finally:
        http.close()


_HERE = Stripe()
