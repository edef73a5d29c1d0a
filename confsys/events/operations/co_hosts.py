"""The organisations that carry an event, and roles for their people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.accounts.operations.organisations import organisation_for
from confsys.accounts.queries.people import by_addresses
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.events.invitees import Invitee
from confsys.events.models import CoHost, CoHostRole, Event, RoleGrant
from confsys.events.operations.roles import Invited, invite
from confsys.events.queries.co_hosts import belong_to
from confsys.events.rules import CO_HOST_ROLES, may_edit_event
from confsys.events.standing import EventStanding
from confsys.events.states import CoHostKind, GrantState, Role


@dataclass(frozen=True, slots=True)
class Carries:
    """What an organisation carries, as typed."""

    organisation: str
    kind: CoHostKind
    position: int = 0
    url: str = ""
    track_id: int | None = None
    places: int | None = None
    talks: int | None = None


@operation
def set_co_host(
    event: Event, co_host: CoHost | None, carries: Carries, *, version: int | None, standing: EventStanding,
    actor: Actor, at: datetime,
) -> CoHost:  # fmt: skip
    """Put an organisation on the list, or change what it carries."""
    demand(may_edit_event(standing))
    if not carries.organisation:
        raise Invalid(organisation=_l("Which organisation?"))
    if carries.track_id is not None and carries.track_id not in {track.id for track in event.tracks}:
        raise Invalid(track=_l("This track is not part of the event."))
    if co_host is None:
        co_host = CoHost(event_id=event.id)
    else:
        expect_version(co_host, version)
        if carries.track_id != co_host.track_id and _serving(co_host):
            raise Invalid(track=_l("People have roles in its present part. Take those back first."))
    co_host.organisation = organisation_for(carries.organisation)
    for name in ("kind", "position", "url", "track_id", "places", "talks"):
        setattr(co_host, name, getattr(carries, name))
    record("events.co_host", co_host, actor=actor, at=at, who=co_host.organisation.name)
    return co_host


def _serving(co_host: CoHost) -> list[RoleGrant]:
    query = (
        select(RoleGrant)
        .join(CoHostRole, CoHostRole.grant_id == RoleGrant.id)
        .where(
            CoHostRole.co_host_id == co_host.id, RoleGrant.state.in_((GrantState.INVITED, GrantState.ACTIVE))
        )
    )  # fmt: skip
    return list(db.session.scalars(query)) if co_host.id is not None else []


@operation
def remove_co_host(co_host: CoHost, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    demand(may_edit_event(standing))
    if _serving(co_host):
        raise Invalid(_l("Its people have roles in this event. Take those back first."))
    record("events.co_host_removed", co_host, actor=actor, at=at, changes={}, who=co_host.organisation.name)
    for link in db.session.scalars(select(CoHostRole).where(CoHostRole.co_host_id == co_host.id)):
        db.session.delete(link)
    db.session.flush()
    db.session.delete(co_host)


@operation
def invite_of(
    event: Event, co_host: CoHost, invitees: Sequence[Invitee], role: Role, *, locale: str, standing: EventStanding,
    actor: Actor, at: datetime,
) -> Invited:  # fmt: skip
    """Ask people of a co-host to take a role in its part. Somebody known to work elsewhere is not asked."""
    demand(may_edit_event(standing))
    if role not in CO_HOST_ROLES:
        raise Invalid(role=_l("A co-host's people have roles in its part only."))
    if role is Role.TRACK_CHAIR and co_host.track_id is None:
        raise Invalid(role=_l("Say first which part of the event the co-host carries."))
    _check_people(co_host, invitees)
    track_id = co_host.track_id
    done = invite(event, invitees, role, track_id=track_id, locale=locale, actor=actor, at=at)
    wanted = select(RoleGrant).where(
        RoleGrant.event_id == event.id, RoleGrant.role == role, RoleGrant.address.in_(done.asked),
        RoleGrant.track_id.is_not_distinct_from(track_id),
    )  # fmt: skip
    grants = list(db.session.scalars(wanted))
    links = select(CoHostRole).where(CoHostRole.grant_id.in_([grant.id for grant in grants]))
    known = {link.grant_id: link for link in db.session.scalars(links)}
    for grant in grants:
        if grant.id in known:  # declined before, perhaps for another co-host
            known[grant.id].co_host_id = co_host.id
        else:
            db.session.add(CoHostRole(co_host_id=co_host.id, grant_id=grant.id))
    return done


def _check_people(co_host: CoHost, invitees: Sequence[Invitee]) -> None:
    known = by_addresses(invitee.address for invitee in invitees)
    with_account = {address: person for address, person in known.items() if person.consented_at is not None}
    here = belong_to(co_host.organisation_id, [person.id for person in with_account.values()])
    outside = [address for address, person in with_account.items() if person.id not in here]
    if outside:
        raise Invalid(
            people=_l("These people do not work there, as their profiles say: %(who)s", who=", ".join(outside))
        )
