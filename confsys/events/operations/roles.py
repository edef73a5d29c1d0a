"""Roles by invitation: nobody has a role, nor an account, before they said yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from confsys.accounts.links import hash_of
from confsys.accounts.models import Person
from confsys.accounts.operations.opening import Newcomer, open_account
from confsys.accounts.queries.people import by_addresses
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_token
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.events.invitees import Invitee
from confsys.events.mails import invitation_mail
from confsys.events.models import Event, RoleGrant
from confsys.events.signals import role_ended, role_taken
from confsys.events.states import GRANT_TRANSITIONS, EventState, GrantState, Role
from confsys.members.days import society_day
from confsys.members.queries import kept_from_reviewing

LIFETIME = timedelta(days=30)
#: Who has not answered by then is asked once more.
REMINDED_BEFORE = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of a batch: addresses newly asked, asked before (and not again), serving already, not to be asked."""

    asked: Sequence[str]
    waiting: Sequence[str]
    serving: Sequence[str]
    #: Known people whom a sanction keeps from this role for now; nobody is told why.
    unavailable: Sequence[str]


@operation
def invite(
    event: Event, invitees: Sequence[Invitee], role: Role, *, track_id: int | None = None, locale: str = "en",
    message: str = "", actor: Actor, at: datetime,
) -> Invited:  # fmt: skip
    """Invite a batch by mail. A known person is written to in their own language; who declined is asked anew."""
    if track_id is not None and track_id not in {track.id for track in event.tracks}:
        raise Invalid(track=_l("This track is not part of the event."))
    outcome = sorted_out(event, invitees, role, track_id=track_id, at=at)
    people = by_addresses(outcome.asked)
    known = {grant.address: grant for grant in _grants(event, role, track_id)}
    asked = set(outcome.asked)
    for invitee in invitees:
        if invitee.address in asked:
            person, grant = people.get(invitee.address), known.get(invitee.address)
            _ask(event, grant, invitee, person, role, track_id, locale, message, actor, at)
    return outcome


def sorted_out(
    event: Event, invitees: Sequence[Invitee], role: Role, *, track_id: int | None = None, at: datetime
) -> Invited:
    """What inviting the batch would do, without doing it."""
    people = by_addresses(invitee.address for invitee in invitees)
    known = {grant.address: grant for grant in _grants(event, role, track_id)}
    serving = {grant.person_id for grant in known.values() if grant.state is GrantState.ACTIVE}
    kept_away = _kept_from(role, [person.id for person in people.values()], at)
    outcome: dict[str, list[str]] = {"asked": [], "waiting": [], "serving": [], "unavailable": []}
    for invitee in invitees:
        person, grant = people.get(invitee.address), known.get(invitee.address)
        if (person is not None and person.id in serving) or (grant and grant.state is GrantState.ACTIVE):
            outcome["serving"].append(invitee.address)
        elif grant is not None and grant.state is GrantState.INVITED:
            outcome["waiting"].append(invitee.address)
        elif person is not None and person.id in kept_away:
            outcome["unavailable"].append(invitee.address)
        else:
            outcome["asked"].append(invitee.address)
    return Invited(**outcome)


def _kept_from(role: Role, people: Sequence[int], at: datetime) -> set[int]:
    """Those of the people who may not take the role at present: a sanction bars from reviewing alone."""
    if role is not Role.REVIEWER or not people:
        return set()
    query = select(Person.id).where(Person.id.in_(people), kept_from_reviewing(Person.id, society_day(at)))
    return set(db.session.scalars(query))


def _grants(event: Event, role: Role, track_id: int | None) -> Sequence[RoleGrant]:
    query = select(RoleGrant).where(RoleGrant.event_id == event.id, RoleGrant.role == role)
    return db.session.scalars(query.where(RoleGrant.track_id.is_not_distinct_from(track_id))).all()


def _ask(
    event: Event, grant: RoleGrant | None, invitee: Invitee, person: Person | None, role: Role, track_id: int | None,
    locale: str, message: str, actor: Actor, at: datetime,
) -> None:  # fmt: skip
    if grant is None:
        grant = RoleGrant(event_id=event.id, role=role, track_id=track_id, address=invitee.address, invited_at=at)
    has_account = person is not None and person.consented_at is not None
    grant.state, grant.decline_reason, grant.answered_at = GrantState.INVITED, "", None
    grant.suggestion, grant.reminded_at = "", None
    grant.name = person.name.shown(person.locale) if person is not None and has_account else invitee.name
    grant.locale = person.locale if person is not None and has_account else locale
    grant.message, grant.invited_by_id, grant.invited_at, grant.person_id = message, actor.person_id, at, None
    token = _renew(grant, at)
    record("events.role_invited", grant, actor=actor, at=at, changes={}, who=_called(grant), role=role)
    _send(event, grant, token, at)


def _renew(grant: RoleGrant, at: datetime) -> str:
    """A fresh link; an older one no longer works."""
    token = new_token()
    grant.token_hash, grant.expires_at = hash_of(token), at + LIFETIME
    return token


def _send(event: Event, grant: RoleGrant, token: str, at: datetime) -> None:
    inviter = db.session.get(Person, grant.invited_by_id) if grant.invited_by_id else None
    invitation_mail(event, grant, token, inviter=inviter, locale=grant.locale, at=at)


def _called(grant: RoleGrant) -> str:
    return grant.name or grant.address


@operation
def invite_again(event: Event, grant: RoleGrant, *, actor: Actor, at: datetime) -> None:
    """Send a waiting or expired invitation once more, with a fresh link."""
    lock(grant)
    if grant.state is not GrantState.INVITED:
        raise Invalid(_l("This invitation has been answered."))
    known = by_addresses([grant.address]).get(grant.address)
    if known is not None and _kept_from(grant.role, [known.id], at):
        raise Invalid(_l("%(who)s cannot review at present.", who=_called(grant)))
    grant.reminded_at = at
    token = _renew(grant, at)
    record("events.role_reminded", grant, actor=actor, at=at, changes={}, who=_called(grant))
    _send(event, grant, token, at)


@operation
def remind_waiting(*, actor: Actor, at: datetime) -> int:
    """Ask those once more who have not answered and whose invitation expires soon, each once; returns how many."""
    soon = select(RoleGrant, Event).join(Event, Event.id == RoleGrant.event_id).where(
        RoleGrant.state == GrantState.INVITED, RoleGrant.reminded_at.is_(None), RoleGrant.expires_at > at,
        RoleGrant.expires_at <= at + REMINDED_BEFORE, Event.state != EventState.ARCHIVED,
    )  # fmt: skip
    rows = db.session.execute(soon.order_by(RoleGrant.id)).all()
    for grant, event in rows:
        invite_again(event, grant, actor=actor, at=at)
    return len(rows)


def _open(grant: RoleGrant, at: datetime) -> None:
    """Hold the invitation and refuse what can no longer be answered."""
    lock(grant)
    if grant.state is not GrantState.INVITED:
        raise Invalid(_l("This invitation has been answered or withdrawn."))
    if grant.expires_at is not None and at > grant.expires_at:
        raise Invalid(_l("This invitation has expired. Write to the organisers; they can send it again."))


@operation
def accept(grant: RoleGrant, person: Person, *, at: datetime) -> None:
    """Take the role. The link that was mailed is the permission; it is spent."""
    _open(grant, at)
    if _kept_from(grant.role, [person.id], at):
        raise Invalid(_l("A decision of the society keeps you from reviewing at present."))
    double = select(RoleGrant.id).where(
        RoleGrant.event_id == grant.event_id, RoleGrant.person_id == person.id, RoleGrant.role == grant.role,
        RoleGrant.track_id.is_not_distinct_from(grant.track_id), RoleGrant.id != grant.id,
    )  # fmt: skip
    if db.session.scalar(double) is not None:
        raise Invalid(_l("You have this role already, by another of your addresses."))
    _move(grant, GrantState.ACTIVE, at)
    grant.person_id, grant.token_hash = person.id, None
    actor = Actor(person.id)
    record("events.role_accepted", grant, actor=actor, at=at, role=grant.role)
    role_taken.send(grant, actor=actor, at=at)


@operation
def accept_as_newcomer(grant: RoleGrant, newcomer: Newcomer, *, at: datetime) -> Person:
    """Open an account for the invited address, which the mailed link has proved, and take the role."""
    _open(grant, at)
    person = open_account(grant.address, newcomer, at=at)
    accept(grant, person, at=at)
    return person


@operation
def decline(grant: RoleGrant, reason: str, *, suggestion: str = "", actor: Actor, at: datetime) -> None:
    """Say no, why, and perhaps whom to ask instead."""
    _open(grant, at)
    _move(grant, GrantState.DECLINED, at)
    grant.decline_reason, grant.suggestion, grant.token_hash = reason[:500], " ".join(suggestion.split())[:300], None
    record("events.role_declined", grant, actor=actor, at=at, changes={}, role=grant.role)


@operation
def withdraw_role(grant: RoleGrant, *, actor: Actor, at: datetime) -> None:
    """End a role or take an invitation back. The last organiser stays: somebody must hold the keys."""
    lock(grant)
    was_active = grant.state is GrantState.ACTIVE
    if was_active and grant.role is Role.ORGANISER and _organisers(grant.event_id) < 2:
        raise Invalid(_l("This is the last organiser. Make somebody else organiser first."))
    _move(grant, GrantState.WITHDRAWN, at)
    grant.token_hash = None
    record("events.role_withdrawn", grant, actor=actor, at=at, changes={}, who=_called(grant), role=grant.role)
    if was_active:
        role_ended.send(grant, actor=actor, at=at)


def _organisers(event_id: int) -> int:
    query = select(func.count()).select_from(RoleGrant).where(
        RoleGrant.event_id == event_id, RoleGrant.role == Role.ORGANISER, RoleGrant.state == GrantState.ACTIVE
    )  # fmt: skip
    return db.session.scalar(query) or 0


def _move(grant: RoleGrant, to: GrantState, at: datetime) -> None:
    if to not in GRANT_TRANSITIONS[grant.state]:
        raise Invalid(_l("This invitation has been answered or withdrawn."))
    grant.state, grant.answered_at = to, at


@operation
def show_member(
    grant: RoleGrant, title: LocalizedText, position: int, shown: bool, *, version: int | None, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """How somebody stands on the committees page: display title, place in the order, whether at all."""
    expect_version(grant, version)
    grant.title, grant.position, grant.shown = title, position, shown
    record("events.role_shown", grant, actor=actor, at=at, who=_called(grant))
