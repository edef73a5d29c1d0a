"""From an event's address to the event and the viewer's standing to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import NotFound

from confsys.core import clock
from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.events.models import Event, RoleGrant
from confsys.events.navigation import frame
from confsys.events.rules import may_see_event
from confsys.events.standing import EventStanding
from confsys.events.states import Feature, GrantState
from confsys.members.days import society_day
from confsys.members.queries import sanction


@dataclass(frozen=True, slots=True)
class EventPage:
    """What a view of the events room is given."""

    event: Event
    standing: EventStanding

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer


def standing_in(event: Event, viewer: Viewer) -> EventStanding:
    """One query for the viewer's roles and one for sanctions; the event's stages come with the event."""
    at = g.get("now") or clock.now()
    bar = sanction(viewer.person_id, society_day(at))
    grants = []
    if viewer.signed_in:
        active = RoleGrant.state == GrantState.ACTIVE
        query = select(RoleGrant).where(RoleGrant.event_id == event.id, RoleGrant.person_id == viewer.person_id, active)
        grants = list(db.session.scalars(query))
    return EventStanding(
        viewer=viewer,
        event_id=event.id,
        state=event.state,
        features=frozenset(event.features),
        blindness=event.blindness,
        windows={stage.kind: stage.window for stage in event.stages},
        at=at,
        roles=frozenset(grant.role for grant in grants),
        tracks=frozenset(grant.track_id for grant in grants if grant.track_id is not None),
        bars_submitting=bar is not None and bar.submitting,
        bars_reviewing=bar is not None and bar.reviewing,
    )


def event_page(viewer: Viewer, slug: str) -> EventPage:
    """Loader for ``/events/<slug>/…``. Raises NotFound."""
    event = db.session.scalar(
        select(Event).where(Event.slug == slug).options(selectinload(Event.stages), selectinload(Event.tracks))
    )
    if event is None:
        raise NotFound
    page = EventPage(event, standing_in(event, viewer))
    if may_see_event(page.standing):  # the frame would tell a stranger that a draft exists
        frame(page)
    g.is_organiser = page.standing.is_staff
    return page


def room_page(feature: Feature) -> Callable[..., EventPage]:
    """Loader for the pages of one room of an event: 404 when the event does not use the room."""

    def load(viewer: Viewer, slug: str) -> EventPage:
        page = event_page(viewer, slug)
        if not page.standing.on(feature):
            raise NotFound
        return page

    return load


def by_standing(rule: Callable[[EventStanding], Decision]) -> Callable[[EventPage], Decision]:
    """Make a rule over standings a rule over pages."""
    return lambda page: rule(page.standing)
