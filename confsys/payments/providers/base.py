"""What every provider of payments answers to. The room knows providers only by this."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from confsys.core.i18n import Lazy
from confsys.core.money import Money

if TYPE_CHECKING:
    from confsys.payments.models import Payment, Refund


class Forged(Exception):
    """A message that does not prove to come from the provider."""


class ProviderAway(Exception):
    """The provider cannot be reached or does not answer; trying again later is right."""


class ProviderRefused(Exception):
    """The provider will not do it; trying again would not help."""


class NoticeKind(enum.StrEnum):
    PAID = "paid"
    FAILED = "failed"  # or given up, or run out of time
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of a provider, verified. ``id`` names the message: the same one may come again."""

    id: str
    kind: NoticeKind
    payment_code: str
    amount: Money | None = None
    external_id: str = ""
    refund_code: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the buyer goes on to pay, and the provider's name for it."""

    external_id: str
    address: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A refund the provider took. ``settled``: the money is on its way; else a message will say so."""

    external_id: str
    settled: bool


class Provider(Protocol):
    """None of these is called inside a write transaction: a provider may take its time."""

    key: str
    label: Lazy
    #: One sentence for the buyer who chooses.
    sentence: Lazy
    #: Whether refunds are sent by the provider; else by hand.
    refunds: bool

    def missing(self) -> list[str]:
        """What it lacks to be offered to buyers, as the person who runs the site would write it; empty: ready."""

    def begin(self, payment: Payment, *, back: str, at: datetime) -> Begun:
        """Open the payment there. Asking again for the same payment is safe. Raises ProviderAway, ProviderRefused."""

    def read(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Notice | None:
        """A message that was delivered to us; None when it is about nothing we keep. Raises Forged."""

    def look_up(self, payment: Payment) -> Notice | None:
        """Ask what became of a payment whose message never came. Raises ProviderAway."""

    def refund(self, refund: Refund, *, at: datetime) -> Sent:
        """Send money back. Asking again for the same refund is safe. Raises ProviderAway, ProviderRefused."""
