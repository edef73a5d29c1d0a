"""Who does what in an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from confsys.accounts.models import Affiliation, Person
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import RoleGrant
from confsys.events.states import GrantState, Role


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an active role. ``affiliation`` is the present one, empty when none is known."""

    grant_id: int
    person_id: int
    name: PersonName
    address: str
    role: Role
    track_id: int | None
    title: LocalizedText
    affiliation: LocalizedText
    shown: bool


def _active(event_id: int) -> Select[RoleGrant, Person]:
    return (
        select(RoleGrant, Person)
        .join(Person, RoleGrant.person_id == Person.id)
        .where(RoleGrant.event_id == event_id, RoleGrant.state == GrantState.ACTIVE)
        .options(selectinload(Person.affiliations).selectinload(Affiliation.organisation))
        .order_by(RoleGrant.position, Person.sort_key, RoleGrant.id)
    )


def _member(grant: RoleGrant, person: Person) -> Member:
    present = [a for a in person.affiliations if a.ends_on is None] or person.affiliations
    return Member(
        grant.id, person.id, person.name, grant.address, grant.role, grant.track_id, grant.title,
        present[0].organisation.name if present else LocalizedText(), grant.shown,
    )  # fmt: skip


def staff_of(event_id: int, *roles: Role) -> list[Member]:
    """People with an active role in the event, all roles or the named ones, in the order of the committees page."""
    query = _active(event_id)
    if roles:
        query = query.where(RoleGrant.role.in_(roles))
    return [_member(grant, person) for grant, person in db.session.execute(query)]


def committee(event_id: int) -> list[tuple[Role, Sequence[Member]]]:
    """The public committees: those who are shown, by role, in order."""
    shown = [member for member in staff_of(event_id) if member.shown]
    grouped = [(role, [m for m in shown if m.role is role]) for role in Role]
    return [(role, members) for role, members in grouped if members]


def holds_role(person_id: int, roles: Sequence[Role]) -> bool:
    """Whether a person has one of the roles in any event."""
    query = select(RoleGrant.id).where(
        RoleGrant.person_id == person_id, RoleGrant.state == GrantState.ACTIVE, RoleGrant.role.in_(roles)
    )
    return db.session.scalar(query.limit(1)) is not None
