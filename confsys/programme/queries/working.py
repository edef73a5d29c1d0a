"""The working timetable in the form of a release: what would be published if it were released now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import load_only, selectinload

from confsys.accounts.models import Affiliation, Organisation, Person
from confsys.core.db import db
from confsys.core.localized import NO_TEXT
from confsys.events.models import Event
from confsys.programme.models import Duty, Room, Session, Talk
from confsys.programme.people import Directory, public_key
from confsys.programme.snapshots import (
    DutyView,
    Part,
    PersonView,
    Programme,
    RoomView,
    SessionView,
    TalkView,
    TrackView,
)  # fmt: skip
from confsys.programme.states import SIDE_BY_SIDE, DutyState, TalkState
from confsys.submissions.models import Author, Submission


def with_everything(query: Select[Session]) -> Select[Session]:
    """Load what a session shows: talks with their papers, authors and speakers; chairs; a fixed number of queries."""
    person = (Person.id, Person.given, Person.family, Person.native)
    return query.options(
        selectinload(Session.talks)
        .joinedload(Talk.submission)
        .load_only(Submission.id, Submission.title, Submission.abstract, Submission.track_id, Submission.state)
        .selectinload(Submission.authors)
        .load_only(
            Author.position, Author.person_id, Author.given, Author.family, Author.native, Author.email,
            Author.affiliation, Author.is_presenter, Author.submission_id,
        ),
        selectinload(Session.talks).selectinload(Talk.speakers),
        selectinload(Session.duties)
        .joinedload(Duty.person)
        .options(
            load_only(*person),
            selectinload(Person.affiliations).joinedload(Affiliation.organisation).load_only(Organisation.name),
        ),
    )  # fmt: skip


def programme_of(event: Event, at: datetime) -> Programme:
    """Everything that has a time and is confirmed, as plain data: an unconfirmed talk keeps its minutes free."""
    placed = select(Session).where(Session.event_id == event.id, Session.starts_at.is_not(None))
    rows = db.session.scalars(with_everything(placed)).all()
    rooms = db.session.scalars(select(Room).where(Room.event_id == event.id).order_by(Room.position, Room.id)).all()
    order = {room.id: number for number, room in enumerate(rooms)}
    people = _People(event.id, rows)
    shown = (row for row in rows if _is_public(row))
    sessions = sorted(
        (session_view(row, people) for row in shown),
        key=lambda s: (s.starts_at, order.get(s.room, -1) if s.room is not None else -1, s.id),
    )
    return Programme(
        number=0, at=at, event_id=event.id, slug=event.slug,
        name=event.name, acronym=event.acronym, zone=event.zone, place=event.place,
        starts_on=event.starts_on, ends_on=event.ends_on,
        rooms=tuple(RoomView(room.id, room.name, room.description, room.capacity) for room in rooms),
        tracks=tuple(TrackView(track.id, track.code, track.name) for track in event.tracks),
        people=people.views, sessions=tuple(sessions),
    )  # fmt: skip


def session_view(row: Session, people: _People) -> SessionView:
    """A placed session as it would be released."""
    assert row.starts_at is not None  # noqa: S101  only placed sessions are asked for
    return SessionView(
        id=row.id, guid=row.guid, kind=row.kind, starts_at=row.starts_at, minutes=row.minutes, code=row.code,
        own_title=row.title, description=row.description, track=row.track_id, room=row.room_id,
        duties=tuple(
            DutyView(people.person(duty.person), duty.role)
            for duty in row.duties
            if duty.state is DutyState.ACCEPTED
        ),
        talks=tuple(_talk_views(row, row.starts_at, people)), extras=row.extras,
    )  # fmt: skip


def _is_public(row: Session) -> bool:
    """A session that was only the place of talks is not published before one of them is confirmed."""
    return bool(row.title) or not row.talks or any(talk.state is TalkState.CONFIRMED for talk in row.talks)


def _talk_views(session: Session, starts_at: datetime, people: _People) -> Iterator[TalkView]:
    clock = starts_at
    for talk in session.talks:
        clock += timedelta(minutes=talk.gap_minutes)
        side_by_side = session.kind in SIDE_BY_SIDE
        paper = talk.submission
        if talk.state is not TalkState.CONFIRMED:
            clock += timedelta(minutes=talk.minutes)
            continue
        yield TalkView(
            id=talk.id, guid=talk.guid, title=paper.title if paper else talk.title,
            starts_at=starts_at if side_by_side else clock,
            minutes=session.minutes if side_by_side else talk.minutes,
            abstract=paper.abstract if paper else talk.abstract, parts=tuple(people.parts(talk)),
            submission_id=talk.submission_id, extras=talk.extras,
        )  # fmt: skip
        clock += timedelta(minutes=talk.minutes)


class _People:
    """Everybody named on the programme, under the key the public knows them by."""

    def __init__(self, event_id: int, sessions: Sequence[Session]) -> None:
        self.views: dict[str, PersonView] = {}
        self._event_id = event_id
        self._keys: dict[str, str] = {}
        authors = (a for s in sessions for t in s.talks if t.submission for a in t.submission.authors)
        self._directory = Directory({a.email: a.person_id for a in authors if a.email and a.person_id})

    def parts(self, talk: Talk) -> Iterator[Part]:
        if talk.submission is not None:
            for author in talk.submission.authors:
                who = self._directory.identity(author.person_id, author.email, author.name)
                yield Part(self._add(who, PersonView("", author.name, author.affiliation)), author.is_presenter)
        for speaker in talk.speakers:
            who = self._directory.identity(speaker.person_id, "", speaker.name, speaker.origin)
            view = PersonView("", speaker.name, speaker.affiliation, speaker.biography, speaker.origin)
            yield Part(self._add(who, view))

    def person(self, person: Person) -> str:
        now = next((a.organisation.name for a in person.affiliations if a.ends_on is None), NO_TEXT)
        return self._add(f"person:{person.id}", PersonView("", person.name, now))

    def _add(self, who: str, view: PersonView) -> str:
        """The key of somebody; what one mention does not say another may."""
        key = self._keys.get(who)
        if key is None:
            key = self._keys[who] = public_key(self._event_id, who)
        known = self.views.get(key)
        if known is None:
            self.views[key] = replace(view, key=key)
        elif (view.affiliation and not known.affiliation) or (view.biography and not known.biography):
            self.views[key] = replace(
                known, affiliation=known.affiliation or view.affiliation, biography=known.biography or view.biography
            )
        return key
