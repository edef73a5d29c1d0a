"""Talks: invited ones made and described, all of them put into sessions and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, select, update

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.names import PersonName
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.days import GRID_MINUTES
from confsys.programme.models import Room, Session, Speaker, Talk, new_guid
from confsys.programme.operations.journal import Journal, journal
from confsys.programme.operations.sessions import refuse_blocked
from confsys.programme.rules import may_arrange
from confsys.programme.states import WITH_TALKS, SessionKind, TalkState


@dataclass(frozen=True, slots=True)
class SpeakerContent:
    name: PersonName
    affiliation: LocalizedText = NO_TEXT
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class TalkContent:
    """Of a paper's talk only ``minutes`` and ``gap_minutes`` count; the rest stands in the paper."""

    minutes: int
    gap_minutes: int = 0
    title: LocalizedText = NO_TEXT
    abstract: LocalizedText = NO_TEXT
    speakers: Sequence[SpeakerContent] = ()


@operation
def add_invited(event: Event, content: TalkContent, *, standing: EventStanding, actor: Actor, at: datetime) -> Talk:
    """A talk that is not a paper; it waits in the tray."""
    demand(may_arrange(standing))
    # Whoever is invited has been spoken to; the organisers can take it back.
    talk = Talk(event_id=event.id, guid=new_guid(), extras={}, position=0, state=TalkState.CONFIRMED)
    _describe(talk, content)
    with journal(event.id, actor=actor, at=at) as kept:
        kept.created(talk)
        _set_speakers(talk, content.speakers, kept)
    record("talk.add", talk, actor=actor, at=at, title=talk.title)
    return talk


@operation
def change_talk(
    event: Event, talk: Talk, content: TalkContent, *, version: int | None, standing: EventStanding, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    demand(may_arrange(standing))
    expect_version(talk, version)
    with journal(event.id, actor=actor, at=at) as kept:
        kept.watch(talk)
        _describe(talk, content)
        if talk.submission_id is None:
            _set_speakers(talk, content.speakers, kept)
        record("talk.change", talk, actor=actor, at=at, title=title_of(talk))
    if talk.session is not None:
        refuse_blocked(event, talk.session)


@operation
def remove_talk(
    event: Event, talk: Talk, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Take an invited talk away. A paper's talk leaves when its paper does."""
    demand(may_arrange(standing))
    expect_version(talk, version)
    if talk.submission_id is not None:
        raise Invalid(_l("This talk is an accepted paper. It leaves the programme when the paper is withdrawn."))
    with journal(event.id, actor=actor, at=at) as kept:
        kept.watch(talk, *talk.speakers)
        record("talk.remove", talk, actor=actor, at=at, title=talk.title)
        for speaker in list(talk.speakers):
            kept.remove(speaker)
        db.session.flush()
        db.session.expire(talk, ["speakers"])
        kept.remove(talk)


@operation
def place_talk(
    event: Event, talk: Talk, session: Session | None, *, index: int | None = None, version: int | None,
    standing: EventStanding, actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Put a talk into a session, at ``index`` (the end by default), or back to the tray."""
    demand(may_arrange(standing))
    expect_version(talk, version)
    if session is not None and (session.event_id != event.id or session.kind not in WITH_TALKS):
        raise Invalid(_l("This session cannot hold talks."))
    with journal(event.id, actor=actor, at=at) as kept:
        _put(talk, session, index, kept)
        record("talk.place", talk, actor=actor, at=at, title=title_of(talk), session=session.title if session else "")
    if session is not None:
        refuse_blocked(event, session)


@operation
def drop_talk(
    event: Event, talk: Talk, room: Room, starts_at: datetime, *, version: int | None, standing: EventStanding,
    actor: Actor, at: datetime,
) -> Session:  # fmt: skip
    """A talk let fall on the timetable: into the session that is there, or else into a new one of its own."""
    demand(may_arrange(standing))
    expect_version(talk, version)
    there = _session_at(event, room, starts_at)
    with journal(event.id, actor=actor, at=at) as kept:
        if there is None:
            poster = talk.submission is not None and talk.submission.presentation == SessionKind.POSTER.value
            there = Session(
                event_id=event.id, guid=new_guid(), kind=SessionKind.POSTER if poster else SessionKind.ORAL,
                track_id=talk.submission.track_id if talk.submission else None, room_id=room.id, starts_at=starts_at,
                minutes=_on_grid(talk.minutes), title=NO_TEXT, extras={},
            )  # fmt: skip
            kept.created(there)
        _put(talk, there, _index_at(there, starts_at), kept)
        record("talk.place", talk, actor=actor, at=at, title=title_of(talk), session=there.title)
    refuse_blocked(event, there)
    return there


def title_of(talk: Talk) -> LocalizedText:
    return talk.submission.title if talk.submission is not None else talk.title


def _on_grid(minutes: int) -> int:
    return -(-minutes // GRID_MINUTES) * GRID_MINUTES


def _session_at(event: Event, room: Room, moment: datetime) -> Session | None:
    """The session with talks that runs in a room at a moment."""
    query = select(Session).where(
        Session.event_id == event.id, Session.room_id == room.id, Session.kind.in_(WITH_TALKS),
        Session.starts_at <= moment, Session.starts_at > moment - timedelta(days=1),
    )  # fmt: skip
    rows = db.session.scalars(query.order_by(Session.starts_at.desc()))
    return next((row for row in rows if row.ends_at is not None and row.ends_at > moment), None)


def _index_at(session: Session, moment: datetime) -> int:
    """Which place in the session is being pointed at."""
    clock = session.starts_at
    for number, talk in enumerate(session.talks):
        assert clock is not None  # noqa: S101  the session was found by its time
        clock += timedelta(minutes=talk.gap_minutes + talk.minutes)
        if moment < clock:
            return number
    return len(session.talks)


def _put(talk: Talk, session: Session | None, index: int | None, kept: Journal) -> None:
    kept.watch(talk)
    old = talk.session
    talk.session_id = session.id if session else None
    db.session.flush()
    db.session.expire(talk, ["session"])
    if old is not None and old is not session:
        _remove_shell(old, kept)
    if session is None:
        return
    db.session.expire(session, ["talks"])
    others = [other for other in session.talks if other.id != talk.id]
    order = others[: len(others) if index is None else max(0, index)]
    order += [talk, *others[len(order) :]]
    _renumber([each.id for each in order])
    db.session.expire(session, ["talks"])
    for each in order:
        db.session.expire(each, ["position"])


def _remove_shell(session: Session, kept: Journal) -> None:
    """A session that was only the place of one talk goes when the talk goes."""
    db.session.expire(session, ["talks"])
    if not session.talks and not session.title and not session.duties:
        kept.remove(session)


def _renumber(ids: list[int]) -> None:
    """Positions are written past the versions: neighbours who only slide along have not been changed by anybody."""
    places = case({number: place for place, number in enumerate(ids)}, value=Talk.id)
    db.session.execute(
        update(Talk).where(Talk.id.in_(ids)).values(position=places), execution_options={"synchronize_session": False}
    )


def _describe(talk: Talk, content: TalkContent) -> None:
    if not 0 < content.minutes <= 24 * 60 or content.gap_minutes < 0:
        raise Invalid(minutes=_l("A talk lasts at least a minute."))
    if content.minutes % GRID_MINUTES and content.minutes != talk.minutes:
        raise Invalid(minutes=_l("Lengths are multiples of five minutes."))
    talk.minutes, talk.gap_minutes = content.minutes, content.gap_minutes
    if talk.submission_id is None:
        if not content.title:
            raise Invalid(title=_l("Give the talk a title."))
        talk.title, talk.abstract = content.title, content.abstract


def _set_speakers(talk: Talk, speakers: Sequence[SpeakerContent], kept: Journal) -> None:
    """Make the speakers those given; one whose name stays keeps what an import knew of them."""
    old = {speaker.name: speaker for speaker in talk.speakers}
    wanted = {content.name for content in speakers}
    for name, speaker in old.items():
        if name not in wanted:
            kept.remove(speaker)
    for position, content in enumerate(speakers):
        known = old.get(content.name)
        if known is not None:
            kept.watch(known)
            known.position, known.affiliation = position, content.affiliation
            known.person_id = content.person_id or known.person_id
            continue
        kept.created(
            Speaker(
                talk_id=talk.id, position=position, person_id=content.person_id, given=content.name.given,
                family=content.name.family, native=content.name.native, affiliation=content.affiliation,
            )
        )  # fmt: skip
    db.session.expire(talk, ["speakers"])
