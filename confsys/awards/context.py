"""From an address to an award, with the viewer's standing to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g
from werkzeug.exceptions import NotFound

from confsys.awards.models import Award, Juror, Nomination
from confsys.awards.queries import awards, jury
from confsys.awards.standing import AwardStanding
from confsys.core import clock
from confsys.core.db import db
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, event_page, room_page
from confsys.events.rules import may_see_event
from confsys.events.states import Feature

_room = room_page(Feature.AWARDS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where awards are kept: of an event, or of the society."""

    viewer: Viewer
    page: EventPage | None

    @property
    def event_id(self) -> int | None:
        return self.page.event.id if self.page is not None else None


@dataclass(frozen=True, slots=True)
class AwardPage:
    viewer: Viewer
    award: Award
    standing: AwardStanding
    page: EventPage | None
    #: The nomination or juror that the address names, or the viewer's own place on the jury.
    part: Any = None


def society_place(viewer: Viewer) -> Place:
    return Place(viewer, None)


def event_place(viewer: Viewer, slug: str) -> Place:
    page = _room(viewer, slug=slug)
    if not may_see_event(page.standing):
        raise NotFound
    return Place(viewer, page)


def award_page(viewer: Viewer, code: str) -> AwardPage:
    """An award of an event is there for those who may see the event."""
    award = awards.by_code(code)
    if award is None:
        raise NotFound
    page = event_page(viewer, award.event.slug) if award.event is not None else None
    if page is not None and not may_see_event(page.standing):
        raise NotFound
    at = g.get("now") or clock.now()
    return AwardPage(
        viewer, award, awards.standing_of(viewer, award, page.standing if page else None, at), page
    )  # fmt: skip


def nomination_page(viewer: Viewer, code: str, nomination_id: int) -> AwardPage:
    found = award_page(viewer, code)
    row = db.session.get(Nomination, nomination_id)
    if row is None or row.award_id != found.award.id or row.withdrawn_at is not None:
        raise NotFound
    return AwardPage(viewer, found.award, found.standing, found.page, row)


def juror_page(viewer: Viewer, code: str, juror_id: int) -> AwardPage:
    found = award_page(viewer, code)
    row = db.session.get(Juror, juror_id)
    if row is None or row.award_id != found.award.id:
        raise NotFound
    return AwardPage(viewer, found.award, found.standing, found.page, row)


def ballot_page(viewer: Viewer, code: str) -> AwardPage:
    """The viewer's own ballot."""
    found = award_page(viewer, code)
    row = jury.juror_of(found.award.id, viewer.person_id) if viewer.signed_in else None
    return AwardPage(viewer, found.award, found.standing, found.page, row)
