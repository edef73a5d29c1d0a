"""The integrity officers, and those who look after who they are."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core.db import db
from confsys.members.models import OfficerChange
from confsys.members.states import OfficerChangeState

KEEPERS = (SiteRole.INTEGRITY, SiteRole.SECRETARY, SiteRole.ADMIN)


def _holders(roles: tuple[SiteRole, ...]) -> list[Person]:
    query = select(Person).where(Person.roles.any(SiteRoleGrant.role.in_(roles)), Person.disabled_at.is_(None))
    return list(db.session.scalars(query.options(selectinload(Person.emails)).order_by(Person.sort_key, Person.id)))


def officers() -> list[Person]:
    return _holders((SiteRole.INTEGRITY,))


def keepers() -> list[Person]:
    return _holders(KEEPERS)


def open_changes() -> list[OfficerChange]:
    """What waits for a second person."""
    query = select(OfficerChange).where(OfficerChange.state == OfficerChangeState.PROPOSED)
    people = (selectinload(OfficerChange.person), selectinload(OfficerChange.proposed_by))
    return list(db.session.scalars(query.options(*people).order_by(OfficerChange.id)))


def change(change_id: int) -> OfficerChange | None:
    return db.session.get(OfficerChange, change_id)
