"""The providers: bank transfer, Stripe Checkout, and a simulator for the demo. One more is one more file here."""

from __future__ import annotations

from confsys.payments.providers.base import Provider
from confsys.payments.providers.simulator import Simulator
from confsys.payments.providers.stripe import Stripe
from confsys.payments.providers.transfer import Transfer

_ALL: dict[str, Provider] = {provider.key: provider for provider in (Transfer(), Stripe(), Simulator())}


def named(key: str) -> Provider:
    return _ALL[key]


def known(key: str) -> bool:
    return key in _ALL


def presented() -> list[Provider]:
    """Those a treasurer reads about, ready or not; the simulator only where it works."""
    return [provider for provider in _ALL.values() if provider.key != "simulator" or not provider.missing()]


def offered() -> list[Provider]:
    """Those a buyer may choose from, as the settings allow."""
    return [provider for provider in _ALL.values() if not provider.missing()]


__all__ = ["known", "named", "offered", "presented"]
