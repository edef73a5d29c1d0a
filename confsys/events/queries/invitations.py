"""Invitations as their recipients find them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from confsys.accounts.links import hash_of
from confsys.accounts.models import EmailAddress
from confsys.core.db import db
from confsys.core.viewer import Viewer
from confsys.events.models import Event, RoleGrant
from confsys.events.states import EventState, GrantState


def by_token(token: str) -> RoleGrant | None:
    """The invitation of a mailed link, answered or not; None when the link was never ours or is spent."""
    return db.session.scalar(select(RoleGrant).where(RoleGrant.token_hash == hash_of(token)))


def waiting_for(viewer: Viewer, at: datetime) -> list[tuple[RoleGrant, Event]]:
    """Open invitations to any address the viewer has proved."""
    if not viewer.signed_in:
        return []
    own = select(EmailAddress.address).where(
        EmailAddress.person_id == viewer.person_id, EmailAddress.verified_at.is_not(None)
    )
    query = (
        select(RoleGrant, Event)
        .join(Event, Event.id == RoleGrant.event_id)
        .where(
            RoleGrant.state == GrantState.INVITED, RoleGrant.address.in_(own), RoleGrant.expires_at >= at,
            Event.state != EventState.ARCHIVED,
        )
        .order_by(RoleGrant.expires_at)
    )  # fmt: skip
    return [(grant, event) for grant, event in db.session.execute(query)]


def own_invitation(viewer: Viewer, grant_id: int) -> RoleGrant | None:
    """An open invitation to an address the viewer has proved: the account stands in for the mailed link."""
    query = (
        select(RoleGrant)
        .join(EmailAddress, EmailAddress.address == RoleGrant.address)
        .where(
            RoleGrant.id == grant_id, EmailAddress.person_id == viewer.person_id,
            EmailAddress.verified_at.is_not(None),
        )
    )  # fmt: skip
    return db.session.scalar(query) if viewer.signed_in else None
