"""Addresses of a person: added, proved, preferred, taken away."""

from __future__ import annotations

from datetime import datetime

from confsys.accounts import links
from confsys.accounts.addresses import checked
from confsys.accounts.mails import account_exists_mail, verify_mail
from confsys.accounts.models import EmailAddress, Person
from confsys.accounts.queries.people import by_verified_email, stand_ins
from confsys.accounts.signals import email_verified
from confsys.accounts.states import LinkPurpose
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation

MOST = 10


@operation
def add_email(person: Person, address: str, *, actor: Actor, at: datetime) -> None:
    """Add an address and send the link that proves it.

    Somebody else's address is taken in silence, and its owner is told: the answer does not disclose accounts.
    """
    address = checked(address)
    row = _own(person, address)
    if row is not None and row.verified_at is not None:
        raise Invalid(address=_l("This address is yours already."))
    if row is None and len(person.emails) >= MOST:
        raise Invalid(address=_l("Ten addresses are the most one account takes."))
    if row is None:
        person.emails.append(EmailAddress(address=address))
        record("accounts.email_added", person, actor=actor, at=at, changes={}, address=address)
    _send_proof(person, address, at)


def _send_proof(person: Person, address: str, at: datetime) -> None:
    owner = by_verified_email(address)
    if owner is not None:
        account_exists_mail(owner, address, at=at)
        return
    token = links.issue(LinkPurpose.VERIFY_EMAIL, at=at, person=person, address=address)
    verify_mail(person, address, token, at=at)


@operation
def verify_email(token: str, *, at: datetime) -> Person:
    """Spend the link. Raises Invalid when somebody else proved the address meanwhile or it was removed."""
    link = links.use(LinkPurpose.VERIFY_EMAIL, token, at)
    person = db.session.get_one(Person, link.person_id)
    row = _own(person, link.address)
    if row is None or by_verified_email(link.address) not in (None, person):
        raise Invalid(_l("This address cannot be confirmed any more. Look at the addresses of your account."))
    row.verified_at = row.verified_at or at
    row.is_primary = row.is_primary or not any(email.is_primary for email in person.emails)
    actor = Actor(person.id)
    record("accounts.email_verified", person, actor=actor, at=at, changes={}, address=link.address)
    others = [other.id for other in stand_ins(link.address) if other.id != person.id]
    email_verified.send(person, address=link.address, actor=actor, at=at, stand_ins=others)
    return person


@operation
def make_primary(person: Person, email_id: int, *, actor: Actor, at: datetime) -> None:
    """Mail goes to the primary address from now on."""
    row = next((email for email in person.emails if email.id == email_id), None)
    if row is None or row.verified_at is None:
        raise Invalid(_l("Confirm the address first; the link is in the mail we sent there."))
    for email in person.emails:
        email.is_primary = False
    db.session.flush()  # one primary at a time, also for a moment
    row.is_primary = True
    record("accounts.primary_changed", person, actor=actor, at=at, changes={}, address=row.address)


@operation
def remove_email(person: Person, email_id: int, *, actor: Actor, at: datetime) -> None:
    row = next((email for email in person.emails if email.id == email_id), None)
    if row is None:
        return
    if row.is_primary:
        raise Invalid(_l("Mail goes to this address. Choose another primary address first."))
    db.session.delete(row)
    person.emails.remove(row)
    record("accounts.email_removed", person, actor=actor, at=at, changes={}, address=row.address)


def _own(person: Person, address: str) -> EmailAddress | None:
    return next((email for email in person.emails if email.address == address), None)
