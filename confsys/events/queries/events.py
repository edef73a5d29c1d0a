"""Events as their readers find them: on the front page, in the switcher, at home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Exists, Select, exists, false, or_, select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.viewer import Viewer
from confsys.events.models import Event, RoleGrant, Stage
from confsys.events.states import EventState, Feature, GrantState, Mode, Role, StageKind

SOON_DAYS = 400


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list. ``call_due``: until when papers are taken, while they are."""

    id: int
    slug: str
    name: LocalizedText
    acronym: str
    kind: str
    state: EventState
    starts_on: date | None
    ends_on: date | None
    zone: str
    place: LocalizedText
    mode: Mode
    accent: str
    call_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """Public events by how near they are."""

    now: Sequence[EventLine]
    soon: Sequence[EventLine]
    past: Sequence[EventLine]


def _has_role(viewer: Viewer) -> Exists:
    return exists().where(
        RoleGrant.event_id == Event.id,
        RoleGrant.person_id == viewer.person_id,
        RoleGrant.state == GrantState.ACTIVE,
    )


def visible_to(viewer: Viewer) -> Select[Event]:
    """Events a reader may know of: public and archived ones, and drafts they work on."""
    query = select(Event)
    if viewer.is_admin:
        return query
    if not viewer.signed_in:
        return query.where(Event.state != EventState.DRAFT)
    return query.where(or_(Event.state != EventState.DRAFT, _has_role(viewer)))


def _lines(query: Select[Event], at: datetime) -> list[EventLine]:
    """Two queries: the events, and the open calls among them."""
    events = list(db.session.scalars(query))
    calls = select(Stage).where(Stage.event_id.in_([e.id for e in events]), Stage.kind == StageKind.CALL)
    open_calls = {stage.event_id: stage.due for stage in db.session.scalars(calls) if stage.window.accepts(at)}
    return [
        EventLine(
            id=e.id, slug=e.slug, name=e.name, acronym=e.acronym, kind=e.kind, state=e.state, starts_on=e.starts_on,
            ends_on=e.ends_on, zone=e.zone, place=e.place, mode=e.mode, accent=e.accent,
            call_due=open_calls.get(e.id) if Feature.SUBMISSIONS.value in e.features else None,
        )
        for e in events
    ]  # fmt: skip


def front(at: datetime) -> Front:
    """Public events: running today, coming, and the latest past ones. An archived event stays to be read."""
    public = select(Event).where(Event.state != EventState.DRAFT, Event.starts_on.is_not(None))
    today = at.date()
    coming = public.where(Event.ends_on >= today - timedelta(days=1)).order_by(Event.starts_on, Event.id).limit(100)
    past = public.where(Event.ends_on < today - timedelta(days=1)).order_by(Event.starts_on.desc(), Event.id).limit(12)
    lines = _lines(coming, at)
    running = [line for line in lines if line.starts_on is not None and line.starts_on <= today]
    return Front(running, [line for line in lines if line not in running], _lines(past, at))


def past_events(at: datetime) -> list[EventLine]:
    """Every public event that is over, the latest first."""
    query = select(Event).where(Event.state != EventState.DRAFT, Event.ends_on < at.date())
    return _lines(query.order_by(Event.starts_on.desc(), Event.id), at)


def begun_between(first: date, last: date) -> list[Event]:
    """Events that everybody may know of and that begin in these days, for the yearly report."""
    query = select(Event).where(Event.state != EventState.DRAFT, Event.starts_on >= first, Event.starts_on <= last)
    return list(db.session.scalars(query.order_by(Event.starts_on, Event.id)))


def events_of(viewer: Viewer, at: datetime) -> list[tuple[EventLine, frozenset[Role]]]:
    """Events in which the viewer has a role, nearest to now first, with the roles."""
    if not viewer.signed_in:
        return []
    mine = select(RoleGrant.event_id, RoleGrant.role).where(
        RoleGrant.person_id == viewer.person_id, RoleGrant.state == GrantState.ACTIVE
    )
    roles: dict[int, set[Role]] = {}
    for event_id, role in db.session.execute(mine):
        roles.setdefault(event_id, set()).add(role)
    if not roles:
        return []
    lines = _lines(select(Event).where(Event.id.in_(roles)), at)
    lines.sort(key=lambda line: abs((line.starts_on - at.date()).days) if line.starts_on else 0)
    return [(line, frozenset(roles[line.id])) for line in lines]


def switcher(viewer: Viewer, limit: int = 12) -> list[tuple[str, LocalizedText]]:
    """(slug, name) of the events a person would switch between: theirs, latest first. One query."""
    if not viewer.signed_in:
        return []
    query = select(Event.slug, Event.name).where(_has_role(viewer))
    rows = db.session.execute(query.order_by(Event.starts_on.desc().nulls_first(), Event.id).limit(limit))
    return [(slug, name) for slug, name in rows]


def editable_by(viewer: Viewer, at: datetime, limit: int = 50) -> list[EventLine]:
    """Events that are not over and whose settings the viewer may change, the nearest first."""
    if not viewer.signed_in:
        return []
    query = select(Event).where(Event.state != EventState.ARCHIVED, Event.ends_on >= at.date())
    if not viewer.is_admin:
        organised = _has_role(viewer).where(RoleGrant.role == Role.ORGANISER)
        query = query.where(organised) if viewer.complete else query.where(false())
    return _lines(query.order_by(Event.starts_on, Event.id).limit(limit), at)
