"""Bank transfer (对公转账): the order's code in the remark, the slip uploaded, the treasurer looks at the account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app

from confsys.core.i18n import lazy_gettext as _l
from confsys.payments.providers.base import Begun, Forged, Notice, ProviderRefused, Sent
from confsys.settings import PREFIX

if TYPE_CHECKING:
    from confsys.payments.models import Payment, Refund

#: Shown in the demo, where no account is set; nobody has it.
INVENTED = ("Society for Systems and Data", "Bank of Nowhere", "0000 0000 0000 0000")


class Transfer:
    key = "transfer"
    label = _l("Bank transfer")
    sentence = _l("Transfer to the society's account with the order's code in the remark; we confirm it by hand.")
    refunds = False

    def missing(self) -> list[str]:
        settings = current_app.extensions["settings"]
        return [] if settings.bank_account or settings.mode != "production" else [f"{PREFIX}BANK_ACCOUNT"]

    def begin(self, payment: Payment, *, back: str, at: datetime) -> Begun:
        return Begun("", back)

    def read(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Notice | None:
        raise Forged("a bank sends no messages")

    def look_up(self, payment: Payment) -> Notice | None:
        return None

    def refund(self, refund: Refund, *, at: datetime) -> Sent:
        raise ProviderRefused("sent by hand")


def account() -> tuple[str, str, str]:
    """Holder, bank and number of the account that transfers go to."""
    settings = current_app.extensions["settings"]
    if not settings.bank_account:
        return INVENTED
    return settings.bank_holder or settings.society_zh, settings.bank_name, settings.bank_account
