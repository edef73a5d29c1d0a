"""From an address of the exchange room to what it names, with the viewer's standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing, room_page
from confsys.events.models import Event
from confsys.events.options import options_of
from confsys.events.states import Feature
from confsys.exchange import rules
from confsys.exchange.models import Floor, Material, Poll, Question, Remark
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.queries.floors import floor_of
from confsys.exchange.standing import FloorStanding, standing_on
from confsys.programme.queries.released import latest_programme
from confsys.programme.snapshots import Programme, SessionView, TalkView
from confsys.programme.states import WITH_TALKS

R = TypeVar("R", Question, Remark, Poll, Material)

exchange_page = room_page(Feature.EXCHANGE)
may_read = by_standing(rules.may_read)
may_see_figures = by_standing(rules.may_see_figures)


@dataclass(frozen=True, slots=True)
class FloorPage:
    """One session of the released programme with its discussion. ``floor`` is None until something was said."""

    page: EventPage
    programme: Programme
    session: SessionView
    floor: Floor | None
    standing: FloorStanding

    @property
    def event(self) -> Event:
        return self.page.event

    @property
    def viewer(self) -> Viewer:
        return self.page.viewer

    @property
    def options(self) -> ExchangeOptions:
        return self.standing.options

    @property
    def talks(self) -> dict[int, TalkView]:
        return {talk.id: talk for talk in self.session.talks}


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A talk's page for its speaker."""

    on: FloorPage
    talk: TalkView


@dataclass(frozen=True, slots=True)
class QuestionPage:
    on: FloorPage
    question: Question


@dataclass(frozen=True, slots=True)
class RemarkPage:
    on: FloorPage
    remark: Remark


@dataclass(frozen=True, slots=True)
class PollPage:
    on: FloorPage
    poll: Poll


@dataclass(frozen=True, slots=True)
class MaterialPage:
    on: FloorPage
    material: Material


def _floor_page(page: EventPage, number: int) -> FloorPage:
    programme = latest_programme(page.event.id)
    session = programme.session_by_id.get(number) if programme else None
    if programme is None or session is None or session.kind not in WITH_TALKS:
        raise NotFound
    floor = floor_of(page.event.id, number)
    standing = standing_on(
        page.standing, options_of(page.event, ExchangeOptions), session, paused=bool(floor and floor.paused)
    )
    return FloorPage(page, programme, session, floor, standing)


def floor_page(viewer: Viewer, slug: str, number: int) -> FloorPage:
    return _floor_page(exchange_page(viewer, slug=slug), number)


def talk_page(viewer: Viewer, slug: str, number: int) -> TalkPage:
    page = exchange_page(viewer, slug=slug)
    programme = latest_programme(page.event.id)
    held = programme.talk_by_id.get(number) if programme else None
    if held is None:
        raise NotFound
    return TalkPage(_floor_page(page, held[0].id), held[1])


def _below(viewer: Viewer, slug: str, kind: type[R], number: int) -> tuple[FloorPage, R]:
    """A row with the floor that it belongs to; a row of another event does not exist here."""
    page = exchange_page(viewer, slug=slug)
    row = db.session.get(kind, number)
    floor = db.session.get(Floor, row.floor_id) if row is not None else None
    if row is None or floor is None or floor.event_id != page.event.id:
        raise NotFound
    return _floor_page(page, floor.session_id), row


def question_page(viewer: Viewer, slug: str, number: int) -> QuestionPage:
    return QuestionPage(*_below(viewer, slug, Question, number))


def remark_page(viewer: Viewer, slug: str, number: int) -> RemarkPage:
    return RemarkPage(*_below(viewer, slug, Remark, number))


def poll_page(viewer: Viewer, slug: str, number: int) -> PollPage:
    return PollPage(*_below(viewer, slug, Poll, number))


def material_page(viewer: Viewer, slug: str, number: int) -> MaterialPage:
    return MaterialPage(*_below(viewer, slug, Material, number))


def channel_floor(_viewer: Viewer, channel: str) -> tuple[Floor, Event]:
    """What a page listens to. One query, no reader: the answer is the same for everybody."""
    row = db.session.execute(
        select(Floor, Event).join(Event, Event.id == Floor.event_id).where(Floor.channel == channel)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def floor_rule(rule: Callable[[FloorStanding], Decision]) -> Callable[[FloorPage], Decision]:
    """Make a rule over standings a rule over pages."""
    return lambda page: rule(page.standing)
