"""From a stranger to an account: an address is proved first, then a name and a password are chosen.

Choosing the password only after the proof means that nobody can prepare an account for somebody else's address.
The answer to an asked-for account is the same whether the address is known or not; only its owner reads which.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.accounts import links, passwords
from confsys.accounts.addresses import checked
from confsys.accounts.mails import account_exists_mail, sign_up_mail
from confsys.accounts.models import EmailAddress, ExternalIdentity, LinkToken, Person
from confsys.accounts.queries.people import by_verified_email, stand_ins
from confsys.accounts.signals import email_verified
from confsys.accounts.states import LinkPurpose
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName
from confsys.core.operation import operation


@dataclass(frozen=True, slots=True)
class Identity:
    """An account elsewhere. ``orcid`` is set when ORCID itself vouches for it."""

    issuer: str
    subject: str
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says about themselves when opening an account. No password: they sign in by ``identity``."""

    name: PersonName
    locale: str
    zone: str
    password: str = ""
    identity: Identity | None = None


@operation
def ask_for_account(
    address: str, *, consent: bool, locale: str, next_href: str = "", identity: Identity | None = None, at: datetime
) -> None:
    """Send a link that opens an account, or, to a known address, a reminder that it has one."""
    address = checked(address)
    if not consent:
        raise Invalid(consent=_l("An account needs your consent to keep these data."))
    known = by_verified_email(address)
    if known is not None:
        account_exists_mail(known, address, at=at)
        return
    payload = {"next": next_href}
    if identity is not None:
        payload |= {"issuer": identity.issuer, "subject": identity.subject, "orcid": identity.orcid}
    token = links.issue(LinkPurpose.SIGN_UP, at=at, address=address, payload=payload)
    sign_up_mail(address, token, locale=locale, at=at)


def identity_in(link: LinkToken) -> Identity | None:
    given = link.payload
    return Identity(given["issuer"], given["subject"], given.get("orcid", "")) if given.get("issuer") else None


@operation
def open_account_by_link(token: str, newcomer: Newcomer, *, at: datetime) -> Person:
    """Spend the link; the address it went to is proved by it."""
    link = links.use(LinkPurpose.SIGN_UP, token, at)
    return open_account(link.address, newcomer, at=at)


@operation
def open_account(address: str, newcomer: Newcomer, *, at: datetime) -> Person:
    """Make the account of a proved address. Somebody entered earlier under that address becomes the account."""
    address = checked(address)
    if by_verified_email(address) is not None:
        raise Invalid(_l("This address has an account already. Please sign in."))
    if not newcomer.name:
        raise Invalid(family=_l("Please tell us your name, in Latin letters, in your own script, or both."))
    others = stand_ins(address)
    person = others[0] if others else Person(created_at=at)
    person.set_name(newcomer.name)
    person.locale, person.zone, person.consented_at = newcomer.locale, newcomer.zone, at
    person.session_nonce = secrets.token_hex(8)
    if newcomer.password or newcomer.identity is None:
        passwords.demand_strong(newcomer.password, address.partition("@")[0])
        person.password_hash = passwords.hashed(newcomer.password)
    db.session.add(person)
    _own_first_address(person, address, at)
    actor = Actor(_flushed_id(person))
    if newcomer.identity is not None:
        connect(person, newcomer.identity, actor=actor, at=at)
    record("accounts.opened", person, actor=actor, at=at, changes={}, address=address)
    email_verified.send(
        person, address=address, actor=actor, at=at, stand_ins=[other.id for other in others if other is not person]
    )
    return person


def _own_first_address(person: Person, address: str, at: datetime) -> None:
    row = next((email for email in person.emails if email.address == address), None)
    if row is None:
        row = EmailAddress(address=address)
        person.emails.append(row)
    row.verified_at, row.is_primary = at, True


def _flushed_id(person: Person) -> int:
    db.session.flush()
    return person.id


@operation
def connect(person: Person, identity: Identity, *, actor: Actor, at: datetime) -> None:
    """Let an account elsewhere sign this person in."""
    db.session.add(
        ExternalIdentity(person_id=person.id, issuer=identity.issuer, subject=identity.subject, linked_at=at)
    )
    if identity.orcid:
        _take_orcid(person, identity.orcid)
    record("accounts.connected", person, actor=actor, at=at, issuer=identity.issuer)


def _take_orcid(person: Person, orcid: str) -> None:
    """ORCID vouches for the iD: whoever had only typed it loses it."""
    for claimant in db.session.scalars(select(Person).where(Person.orcid == orcid, Person.id != person.id)):
        claimant.orcid, claimant.orcid_confirmed = None, False
    db.session.flush()
    person.orcid, person.orcid_confirmed = orcid, True


@operation
def disconnect(person: Person, identity_id: int, *, actor: Actor, at: datetime) -> None:
    """Take the connection away, unless nothing else would be left to sign in with."""
    rows = db.session.query(ExternalIdentity).filter_by(person_id=person.id).all()
    row = next((row for row in rows if row.id == identity_id), None)
    if row is None:
        return
    if not person.password_hash and len(rows) == 1:
        raise Invalid(_l("Set a password first: without it and without this connection you could not sign in."))
    db.session.delete(row)
    record("accounts.disconnected", person, actor=actor, at=at, issuer=row.issuer)
