"""What somebody has on programmes: talks they present, sessions they chair or sit in, what they told the organisers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.states import EventState, Feature
from confsys.programme.models import Duty, PresenterAnswer, Session, Speaker, Talk
from confsys.programme.queries.released import latest_programme
from confsys.programme.snapshots import Programme
from confsys.programme.states import DutyState, TalkState
from confsys.submissions.models import Author


@dataclass(frozen=True, slots=True)
class OwnTalk:
    """A talk of the person's own. ``starts_at`` and ``room`` only as released: plans are nobody's business yet."""

    id: int
    event_id: int
    slug: str
    event_name: LocalizedText
    zone: str
    title: LocalizedText
    starts_at: datetime | None
    ends_at: datetime | None
    room: LocalizedText
    state: TalkState


@dataclass(frozen=True, slots=True)
class OwnDuty:
    id: int
    slug: str
    event_name: LocalizedText
    zone: str
    role: str
    state: DutyState
    title: LocalizedText
    starts_at: datetime | None


def own_talks(viewer: Viewer, event: Event | None = None) -> list[OwnTalk]:
    """Talks the viewer presents in events that are not over and done with."""
    papers = select(Author.submission_id).where(Author.person_id == viewer.person_id, Author.is_presenter)
    given = select(Speaker.talk_id).where(Speaker.person_id == viewer.person_id)
    query = (
        select(Talk, Event)
        .join(Event, Event.id == Talk.event_id)
        .where(or_(Talk.submission_id.in_(papers), Talk.id.in_(given)), Event.state != EventState.ARCHIVED)
        .options(joinedload(Talk.submission))
        .order_by(Event.starts_on, Talk.id)
    )
    if event is not None:
        query = query.where(Event.id == event.id)
    programmes: dict[int, Programme | None] = {}
    found = []
    for talk, of in db.session.execute(query):
        if Feature.PROGRAMME.value not in of.features:
            continue
        if of.id not in programmes:
            programmes[of.id] = latest_programme(of.id)
        found.append(_own_talk(talk, of, programmes[of.id]))
    placed = sorted((talk for talk in found if talk.starts_at is not None), key=lambda talk: str(talk.starts_at))
    return [*placed, *(talk for talk in found if talk.starts_at is None)]


def _own_talk(talk: Talk, event: Event, programme: Programme | None) -> OwnTalk:
    held = programme.talk_by_id.get(talk.id) if programme else None
    return OwnTalk(
        talk.id, event.id, event.slug, event.name, event.zone, talk.submission.title if talk.submission else talk.title,
        held[1].starts_at if held else None, held[1].ends_at if held else None,
        programme.room_name(held[0]) if held and programme else LocalizedText(), talk.state,
    )  # fmt: skip


def presents(viewer: Viewer, talk: Talk) -> bool:
    """Whether the viewer is one of those who give a talk."""
    if viewer.person_id is None:
        return False
    papers = select(Author.submission_id).where(Author.person_id == viewer.person_id, Author.is_presenter)
    given = select(Speaker.talk_id).where(Speaker.person_id == viewer.person_id)
    mine = or_(Talk.submission_id.in_(papers), Talk.id.in_(given))
    return db.session.scalar(select(Talk.id).where(Talk.id == talk.id, mine)) is not None


def own_duties(viewer: Viewer, event: Event | None = None) -> list[OwnDuty]:
    """Sessions the viewer was asked for; those only pencilled in are not told."""
    query = (
        select(Duty, Event)
        .join(Session, Session.id == Duty.session_id)
        .join(Event, Event.id == Session.event_id)
        .where(
            Duty.person_id == viewer.person_id, Duty.state != DutyState.PROPOSED, Event.state != EventState.ARCHIVED
        )
        .options(selectinload(Duty.session).selectinload(Session.talks).joinedload(Talk.submission))
        .order_by(Session.starts_at, Duty.id)
    )  # fmt: skip
    if event is not None:
        query = query.where(Event.id == event.id)
    return [
        OwnDuty(
            duty.id, of.slug, of.name, of.zone, duty.role.value, duty.state, title_of(duty.session),
            duty.session.starts_at,
        )
        for duty, of in db.session.execute(query)
    ]  # fmt: skip


def title_of(session: Session) -> LocalizedText:
    if session.title or not session.talks:
        return session.title
    first = session.talks[0]
    return first.submission.title if first.submission else first.title


def answer_of(event_id: int, person_id: int | None) -> PresenterAnswer | None:
    return db.session.scalar(
        select(PresenterAnswer).where(PresenterAnswer.event_id == event_id, PresenterAnswer.person_id == person_id)
    )
