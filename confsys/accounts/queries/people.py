"""Finding people."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from confsys.accounts.models import EmailAddress, ExternalIdentity, Person
from confsys.core.db import db


def by_verified_email(address: str) -> Person | None:
    """Who proved that the address is theirs."""
    query = select(Person).join(EmailAddress).where(
        EmailAddress.address == address.strip().lower(), EmailAddress.verified_at.is_not(None)
    )  # fmt: skip
    return db.session.scalar(query)


def stand_ins(address: str) -> list[Person]:
    """People known only by this address: entered by others, without an account, oldest first."""
    proved = aliased(EmailAddress)
    has_account = exists().where(proved.person_id == Person.id, proved.verified_at.is_not(None))
    query = (
        select(Person)
        .join(EmailAddress)
        .where(EmailAddress.address == address.strip().lower(), ~has_account)
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))


def by_addresses(addresses: Iterable[str]) -> dict[str, Person]:
    """Address -> the person it belongs to: who verified it, else the oldest stand-in. One query."""
    wanted = {address.strip().lower() for address in addresses}
    found: dict[str, Person] = {}
    if not wanted:
        return found
    query = (
        select(EmailAddress)
        .where(EmailAddress.address.in_(wanted))
        .options(joinedload(EmailAddress.person))
        .order_by(EmailAddress.verified_at.is_(None), EmailAddress.person_id)
    )
    for row in db.session.scalars(query):
        found.setdefault(row.address, row.person)
    return found


def by_identity(issuer: str, subject: str) -> Person | None:
    """Who signs in here with an account elsewhere."""
    query = select(Person).join(ExternalIdentity).where(
        ExternalIdentity.issuer == issuer, ExternalIdentity.subject == subject
    )  # fmt: skip
    return db.session.scalar(query)


def identities_of(person: Person) -> list[ExternalIdentity]:
    query = select(ExternalIdentity).where(ExternalIdentity.person_id == person.id).order_by(ExternalIdentity.id)
    return list(db.session.scalars(query))
