"""A provider that takes no money: a page of our own where the demo's visitor chooses what shall happen.

It behaves as a real one does: its messages are signed, may come twice, late or with another amount, and refunds are
settled by a message.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.payments.providers.base import Begun, Forged, Notice, NoticeKind, Sent
from confsys.settings import PREFIX

if TYPE_CHECKING:
    from confsys.payments.models import Payment, Refund

HEADER = "X-Simulator-Signature"


class Simulator:
    key = "simulator"
    label = _l("Simulated payment")
    sentence = _l("For trying things out: no money moves.")
    refunds = True

    def missing(self) -> list[str]:
        return [f"{PREFIX}MODE=demo"] if current_app.extensions["settings"].mode == "production" else []

    def begin(self, payment: Payment, *, back: str, at: datetime) -> Begun:
        return Begun(
            f"sim-{payment.code}", url_for("payments.simulator", code=payment.order.code, payment=payment.code)
        )

    def read(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Notice | None:
        if not hmac.compare_digest(headers.get(HEADER, ""), signature(body)):
            raise Forged("signature")
        said = json.loads(body)
        money = Money(said["amount"], said["currency"]) if said.get("amount") else None
        return Notice(
            said["id"], NoticeKind(said["kind"]), said["payment"], money, said.get("external_id", ""),
            said.get("refund", ""),
        )  # fmt: skip

    def look_up(self, payment: Payment) -> Notice | None:
        return None

    def refund(self, refund: Refund, *, at: datetime) -> Sent:
        return Sent(f"sim-{refund.code}", settled=True)


def signature(body: bytes) -> str:
    key = current_app.extensions["settings"].secret_key.encode()
    return hmac.new(key, b"payments.simulator:" + body, hashlib.sha256).hexdigest()


def message(
    id_: str, kind: NoticeKind, payment: Payment, *, amount: int | None = None, currency: str = "", refund: str = ""
) -> tuple[dict[str, str], bytes]:
    """Headers and body of a message as the simulator sends it."""
    said: dict[str, Any] = {
        "id": id_, "kind": kind.value, "payment": payment.code, "amount": payment.amount if amount is None else amount,
        "currency": currency or payment.order.currency, "external_id": f"sim-{payment.code}", "refund": refund,
    }  # fmt: skip
    body = json.dumps(said, sort_keys=True).encode()
    return {HEADER: signature(body)}, body
