"""The organisations that carry an event, and what they may count on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select

from confsys.accounts.models import Affiliation, Organisation
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import CoHost, CoHostRole, RoleGrant, Track
from confsys.events.states import CoHostKind, GrantState


@dataclass(frozen=True, slots=True)
class CoHostLine:
    """``people``: how many of its people have a role by it."""

    id: int
    organisation_id: int
    name: LocalizedText
    kind: CoHostKind
    url: str
    track: LocalizedText
    track_id: int | None
    places: int | None
    talks: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Quota:
    """What is kept for a co-host, for whoever sells places or makes the programme. None: nothing was agreed."""

    organisation_id: int
    track_id: int | None
    places: int | None
    talks: int | None


def _in_order() -> ColumnElement[int]:
    """主办、承办、协办、支持: the order in which hosts are named, whatever their kinds are called."""
    return case({kind.value: place for place, kind in enumerate(CoHostKind)}, value=CoHost.kind)


def co_hosts_of(event_id: int) -> list[CoHostLine]:
    """Every co-host in the customary order. One query."""
    people = (
        select(func.count())
        .select_from(CoHostRole)
        .join(RoleGrant, RoleGrant.id == CoHostRole.grant_id)
        .where(CoHostRole.co_host_id == CoHost.id, RoleGrant.state == GrantState.ACTIVE)
        .scalar_subquery()
    )
    query = (
        select(CoHost, Organisation.name, Track.name, people)
        .join(Organisation, Organisation.id == CoHost.organisation_id)
        .outerjoin(Track, Track.id == CoHost.track_id)
        .where(CoHost.event_id == event_id)
        .order_by(_in_order(), CoHost.position, CoHost.id)
    )
    return [
        CoHostLine(
            row.id, row.organisation_id, name, row.kind, row.url, track or LocalizedText(), row.track_id, row.places,
            row.talks, number,
        )
        for row, name, track, number in db.session.execute(query)
    ]  # fmt: skip


def co_hosts_by_kind(event_id: int) -> list[tuple[CoHostKind, Sequence[CoHostLine]]]:
    """For the public page: kinds without anybody are left out."""
    rows = co_hosts_of(event_id)
    grouped = [(kind, [row for row in rows if row.kind is kind]) for kind in CoHostKind]
    return [(kind, found) for kind, found in grouped if found]


def quotas(event_id: int) -> list[Quota]:
    """What was agreed with co-hosts about places and talks; those with whom nothing was agreed are left out."""
    query = select(CoHost).where(
        CoHost.event_id == event_id, CoHost.places.is_not(None) | CoHost.talks.is_not(None)
    ).order_by(CoHost.id)  # fmt: skip
    return [Quota(row.organisation_id, row.track_id, row.places, row.talks) for row in db.session.scalars(query)]


def co_host_by_id(event_id: int, co_host_id: int) -> CoHost | None:
    return db.session.scalar(select(CoHost).where(CoHost.id == co_host_id, CoHost.event_id == event_id))


def roles_by(co_host: CoHost) -> list[RoleGrant]:
    """Roles and invitations of the co-host's people, the latest first."""
    query = (
        select(RoleGrant)
        .join(CoHostRole, CoHostRole.grant_id == RoleGrant.id)
        .where(CoHostRole.co_host_id == co_host.id)
        .order_by(RoleGrant.id.desc())
    )
    return list(db.session.scalars(query))


def belong_to(organisation_id: int, person_ids: Sequence[int]) -> set[int]:
    """Which of these people work at the organisation or one of its departments now."""
    query = (
        select(Affiliation.person_id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(
            Affiliation.person_id.in_(person_ids), Affiliation.ends_on.is_(None),
            (Organisation.id == organisation_id) | (Organisation.parent_id == organisation_id),
        )
    )  # fmt: skip
    return set(db.session.scalars(query))
