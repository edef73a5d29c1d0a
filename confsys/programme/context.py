"""From an address below an event's programme to the thing it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from confsys.core.db import Model, db
from confsys.core.decisions import Decision
from confsys.core.i18n import LANGUAGE_NAMES
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing, room_page
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.events.states import Feature
from confsys.programme.models import Duty, Plan, Release, Room, Session, Talk, Unavailability
from confsys.programme.rules import may_answer, may_arrange, may_read_programme, may_see_timetable

T = TypeVar("T", bound=Model)

programme_page = room_page(Feature.PROGRAMME)
may_read = by_standing(may_read_programme)
may_look = by_standing(may_see_timetable)
may_change = by_standing(may_arrange)


@dataclass(frozen=True, slots=True)
class _Below:
    """A page about one thing of an event's programme."""

    page: EventPage

    @property
    def event(self) -> Event:
        return self.page.event

    @property
    def standing(self) -> EventStanding:
        return self.page.standing

    @property
    def viewer(self) -> Viewer:
        return self.page.viewer


@dataclass(frozen=True, slots=True)
class DayPage(_Below):
    day: date


@dataclass(frozen=True, slots=True)
class SessionPage(_Below):
    session: Session


@dataclass(frozen=True, slots=True)
class TalkPage(_Below):
    talk: Talk


@dataclass(frozen=True, slots=True)
class RoomPage(_Below):
    room: Room


@dataclass(frozen=True, slots=True)
class DutyPage(_Below):
    duty: Duty


@dataclass(frozen=True, slots=True)
class ReleasePage(_Below):
    release: Release


@dataclass(frozen=True, slots=True)
class PlanPage(_Below):
    plan: Plan


@dataclass(frozen=True, slots=True)
class PlanDayPage(PlanPage):
    day: date


@dataclass(frozen=True, slots=True)
class LossPage(_Below):
    lost: Unavailability


def _of_event(kind: type[T], event: Event, number: int) -> T:
    row = db.session.get(kind, number)
    if row is None or getattr(row, "event_id", None) != event.id:
        raise NotFound
    return row


def day_page(viewer: Viewer, slug: str, day: str) -> DayPage:
    try:
        return DayPage(programme_page(viewer, slug), date.fromisoformat(day))
    except ValueError as error:
        raise NotFound from error


def session_page(viewer: Viewer, slug: str, number: int) -> SessionPage:
    page = programme_page(viewer, slug)
    return SessionPage(page, _of_event(Session, page.event, number))


def talk_page(viewer: Viewer, slug: str, number: int) -> TalkPage:
    page = programme_page(viewer, slug)
    return TalkPage(page, _of_event(Talk, page.event, number))


def place_page(viewer: Viewer, slug: str, number: int) -> RoomPage:
    page = programme_page(viewer, slug)
    return RoomPage(page, _of_event(Room, page.event, number))


def plan_page(viewer: Viewer, slug: str, number: int) -> PlanPage:
    page = programme_page(viewer, slug)
    return PlanPage(page, _of_event(Plan, page.event, number))


def plan_day_page(viewer: Viewer, slug: str, number: int, day: str) -> PlanDayPage:
    of_day = day_page(viewer, slug, day)
    return PlanDayPage(of_day.page, _of_event(Plan, of_day.event, number), of_day.day)


def loss_page(viewer: Viewer, slug: str, number: int) -> LossPage:
    page = programme_page(viewer, slug)
    return LossPage(page, _of_event(Unavailability, page.event, number))


def duty_page(viewer: Viewer, slug: str, number: int) -> DutyPage:
    page = programme_page(viewer, slug)
    duty = db.session.get(Duty, number)
    if duty is None or duty.session.event_id != page.event.id:
        raise NotFound
    return DutyPage(page, duty)


def release_page(viewer: Viewer, slug: str, number: int) -> ReleasePage:
    page = programme_page(viewer, slug)
    query = select(Release).where(Release.event_id == page.event.id, Release.number == number)
    release = db.session.scalar(query)
    if release is None:
        raise NotFound
    return ReleasePage(page, release)


def looks(page: _Below) -> Decision:
    return may_see_timetable(page.standing)


def changes(page: _Below) -> Decision:
    return may_arrange(page.standing)


def answers(page: DutyPage) -> Decision:
    return may_answer(page.duty.person_id, page.viewer)


def numbered(viewer: Viewer, slug: str, number: int) -> tuple[EventPage, int]:
    """For public pages: the number is looked up in what was released, not in the working tables."""
    return programme_page(viewer, slug), number


def in_language(viewer: Viewer, slug: str, locale_: str) -> tuple[EventPage, str]:
    if locale_ not in LANGUAGE_NAMES:
        raise NotFound
    return programme_page(viewer, slug), locale_


def keyed(viewer: Viewer, slug: str, key: str) -> tuple[EventPage, str]:
    return programme_page(viewer, slug), key


def may_read_below(subject: tuple[EventPage, Any]) -> Decision:
    return may_read(subject[0])
