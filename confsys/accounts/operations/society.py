"""Roles in the society, and accounts that are closed."""

from __future__ import annotations

import secrets
from datetime import datetime

from confsys.accounts import passwords
from confsys.accounts.models import EmailAddress, Person, SiteRoleGrant
from confsys.accounts.queries.people import by_verified_email
from confsys.accounts.states import SiteRole
from confsys.core.actor import SYSTEM, Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName
from confsys.core.operation import operation


@operation
def give_role(person: Person, role: SiteRole, *, actor: Actor, at: datetime) -> None:
    if any(grant.role is role for grant in person.roles):
        return
    person.roles.append(SiteRoleGrant(role=role))
    record("accounts.role_given", person, actor=actor, at=at, changes={}, role=role)


@operation
def take_role(person: Person, role: SiteRole, *, actor: Actor, at: datetime) -> None:
    """Nobody takes their own administrator's role: somebody must be left who can give it back."""
    grant = next((grant for grant in person.roles if grant.role is role), None)
    if grant is None:
        return
    if role is SiteRole.ADMIN and actor.person_id == person.id:
        raise Invalid(_l("You cannot take this role from yourself. Ask another administrator."))
    person.roles.remove(grant)
    record("accounts.role_taken", person, actor=actor, at=at, changes={}, role=role)


@operation
def close_account(person: Person, *, actor: Actor, at: datetime) -> None:
    """Nobody signs in with it any more and its sessions end; what the person did stays."""
    if actor.person_id == person.id:
        raise Invalid(_l("You cannot close your own account here."))
    if person.disabled_at is None:
        person.disabled_at, person.session_nonce = at, secrets.token_hex(8)
        record("accounts.closed", person, actor=actor, at=at)


@operation
def reopen_account(person: Person, *, actor: Actor, at: datetime) -> None:
    if person.disabled_at is not None:
        person.disabled_at = None
        record("accounts.reopened", person, actor=actor, at=at)


@operation
def make_admin(name: PersonName, address: str, password: str, *, at: datetime) -> Person:
    """From the command line: an administrator with a proved address. A known person keeps the name they have."""
    person = by_verified_email(address)
    if person is None:
        person = Person(created_at=at, consented_at=at)
        person.set_name(name)
        person.emails.append(EmailAddress(address=address.strip().lower(), verified_at=at, is_primary=True))
        db.session.add(person)
    if password:
        passwords.demand_strong(password, address.partition("@")[0])
        person.password_hash, person.session_nonce = passwords.hashed(password), secrets.token_hex(8)
    db.session.flush()
    give_role(person, SiteRole.ADMIN, actor=SYSTEM, at=at)
    return person
