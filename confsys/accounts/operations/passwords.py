"""Forgotten and changed passwords. Whoever changes one ends every other session of the person."""

from __future__ import annotations

import secrets
from datetime import datetime

from confsys.accounts import links, passwords
from confsys.accounts.addresses import checked
from confsys.accounts.mails import password_changed_mail, reset_mail
from confsys.accounts.models import Person
from confsys.accounts.queries.people import by_verified_email
from confsys.accounts.states import LinkPurpose
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation


@operation
def ask_for_reset(address: str, *, at: datetime) -> None:
    """Send a link to a known address; to an unknown one nothing, and nobody is told which it was."""
    person = by_verified_email(checked(address))
    if person is None or person.disabled_at is not None:
        return
    token = links.issue(LinkPurpose.RESET_PASSWORD, at=at, person=person, address=address.strip().lower())
    reset_mail(person, token, address.strip().lower(), at=at)


@operation
def reset_password(token: str, password: str, *, at: datetime) -> Person:
    link = links.use(LinkPurpose.RESET_PASSWORD, token, at)
    person = db.session.get_one(Person, link.person_id)
    _set(person, password, Actor(person.id), at)
    return person


@operation
def change_password(person: Person, current: str, password: str, *, actor: Actor, at: datetime) -> None:
    """``current`` is asked for only where there is a password already (not after single sign-on)."""
    if person.password_hash and not passwords.matches(person.password_hash, current):
        raise Invalid(current=_l("This is not your present password."))
    _set(person, password, actor, at)


@operation
def end_sessions(person: Person, *, actor: Actor, at: datetime) -> None:
    """Sign the person out everywhere."""
    person.session_nonce = secrets.token_hex(8)
    record("accounts.sessions_ended", person, actor=actor, at=at, changes={})


@operation
def rehash(person: Person, password: str) -> None:
    """Keep a right password under today's parameters."""
    person.password_hash = passwords.hashed(password)


def _set(person: Person, password: str, actor: Actor, at: datetime) -> None:
    words = [email.address.partition("@")[0] for email in person.emails]
    passwords.demand_strong(password, person.family, person.given, *words)
    person.password_hash = passwords.hashed(password)
    person.session_nonce = secrets.token_hex(8)
    links.void(LinkPurpose.RESET_PASSWORD, person, at)
    record("accounts.password_changed", person, actor=actor, at=at, changes={})
    password_changed_mail(person, at=at)
