"""Links sent by mail: unguessable, good once, for a while. The table keeps only the hash of a token."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import LinkToken, Person
from confsys.accounts.states import LinkPurpose
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_token
from confsys.core.operation import lock

LIFETIMES = {
    LinkPurpose.SIGN_UP: timedelta(days=2),
    LinkPurpose.VERIFY_EMAIL: timedelta(days=2),
    LinkPurpose.RESET_PASSWORD: timedelta(hours=2),
}


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(
    purpose: LinkPurpose, *, at: datetime, person: Person | None = None, address: str = "",
    payload: dict[str, Any] | None = None,
) -> str:  # fmt: skip
    """Add a link to the running transaction; returns its token, which is kept nowhere else."""
    token = new_token()
    db.session.add(
        LinkToken(
            purpose=purpose, token_hash=hash_of(token), person_id=person.id if person else None, address=address,
            payload=payload or {}, created_at=at, expires_at=at + LIFETIMES[purpose],
        )
    )  # fmt: skip
    return token


def find(purpose: LinkPurpose, token: str, at: datetime) -> LinkToken | None:
    """The link if it is still good."""
    row = db.session.scalar(
        select(LinkToken).where(LinkToken.token_hash == hash_of(token), LinkToken.purpose == purpose)
    )
    return row if row is not None and row.used_at is None and at <= row.expires_at else None


def use(purpose: LinkPurpose, token: str, at: datetime) -> LinkToken:
    """Spend a link inside the running operation. Raises Invalid when it was used, has expired or never was."""
    row = find(purpose, token, at)
    if row is not None:
        lock(row)
    if row is None or row.used_at is not None:
        raise Invalid(_l("This link has been used or has expired. Ask for a new one; it takes a minute."))
    row.used_at = at
    return row


def void(purpose: LinkPurpose, person: Person, at: datetime) -> None:
    """Spend every open link of a purpose: an older one must not work after a newer was used."""
    query = select(LinkToken).where(
        LinkToken.purpose == purpose, LinkToken.person_id == person.id, LinkToken.used_at.is_(None)
    )
    for row in db.session.scalars(query):
        row.used_at = at
