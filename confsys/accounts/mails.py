"""Messages of this room. They carry links that open accounts: their scope keeps them out of every outbox page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app

from confsys.accounts.links import hash_of
from confsys.accounts.models import Person
from confsys.core.mail import Recipient, post

SCOPE = "account"


def recipient_of(person: Person, address: str = "") -> Recipient:
    """Where a person reads mail, with name and language as they chose them."""
    primary = next((email.address for email in person.emails if email.is_primary), "")
    return Recipient(address or primary, person.name.shown(person.locale), person.locale, person.id)


def _link(path: str) -> str:
    base: str = current_app.extensions["settings"].base_url
    return base + path


def _private(template: str, to: Recipient, key: str, at: datetime, **values: Any) -> None:
    post(f"accounts/mail/{template}.txt", to, key=f"accounts.{template}:{key}", at=at, scope=SCOPE, **values)


def sign_up_mail(address: str, token: str, *, locale: str, at: datetime) -> None:
    _private("sign_up", Recipient(address, "", locale), hash_of(token), at, link=_link(f"/sign-up/{token}"))


def account_exists_mail(person: Person, address: str, *, at: datetime) -> None:
    to = recipient_of(person, address)
    _private("account_exists", to, f"{address}:{at:%Y%m%d%H}", at, link=_link("/reset"), sign_in=_link("/sign-in"))


def reset_mail(person: Person, token: str, address: str, *, at: datetime) -> None:
    _private("reset", recipient_of(person, address), hash_of(token), at, link=_link(f"/reset/{token}"))


def password_changed_mail(person: Person, *, at: datetime) -> None:
    _private("password_changed", recipient_of(person), f"{person.id}:{at.isoformat()}", at, link=_link("/reset"))


def verify_mail(person: Person, address: str, token: str, *, at: datetime) -> None:
    _private("verify", recipient_of(person, address), hash_of(token), at, link=_link(f"/verify/{token}"))
