"""What is needed to judge a timetable, read as plain columns: a move must be answered while the mouse is still down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.arranging.scene import Place
from confsys.programme.clashes import Activity, Block, Clash, Frame, Hall, Interval, find
from confsys.programme.models import Duty, PresenterAnswer, Room, Session, Speaker, Talk, Unavailability
from confsys.programme.options import ProgrammeOptions
from confsys.programme.people import Directory
from confsys.programme.states import SIDE_BY_SIDE, DutyState, SessionKind
from confsys.submissions.models import Author, Submission


@dataclass(frozen=True)
class Judged:
    """The clashes of a stretch of the timetable, with the names their sentences need."""

    clashes: list[Clash]
    titles: dict[int, LocalizedText] = field(default_factory=dict)
    people: dict[str, PersonName] = field(default_factory=dict)
    rooms: dict[int, LocalizedText] = field(default_factory=dict)

    def of(self, session_id: int) -> list[Clash]:
        return [clash for clash in self.clashes if session_id in clash.sessions]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A session's columns with the place that a plan gives it."""

    id: int
    kind: SessionKind
    title: LocalizedText
    code: str
    room_id: int | None
    track_id: int | None
    starts_at: datetime
    minutes: int
    audience: int | None
    pinned: bool
    version: int
    after_id: int | None = None


def key_of(number: int) -> str:
    """What a row is called on the page: sessions by their number, a talk that is to be one by its own."""
    return f"s{number}" if number > 0 else f"t{-number}"


def number_of(key: str) -> int:
    """The row that a key names."""
    return int(key[1:]) if key.startswith("s") else -int(key[1:])


def _replaced(rows: Sequence[Any], places: Mapping[str, Place | None]) -> Iterator[PlannedRow]:
    for row in rows:
        here = Place(row.starts_at, row.room_id, row.minutes) if row.starts_at is not None else None
        place = places.get(f"s{row.id}", here)
        if place is not None:
            yield PlannedRow(
                row.id, row.kind, row.title, row.code, place.room, row.track_id, place.start, place.minutes,
                row.audience, row.pinned, row.version, row.after_id,
            )  # fmt: skip


class Stretch:
    """The sessions that run between two moments (the whole event by default), and everybody bound by them.

    Eight queries whatever the number of sessions. ``sessions`` are rows of plain columns.
    """

    def __init__(
        self, event: Event, since: datetime | None = None, until: datetime | None = None, *, also: int | None = None,
        places: Mapping[str, Place | None] | None = None,
    ) -> None:  # fmt: skip
        """``also``: a session whose people are wanted wherever it is. ``places``: where a plan has them."""
        conditions: list[ColumnElement[bool]] = [Session.event_id == event.id]
        if places is None:
            conditions.append(Session.starts_at.is_not(None))
            if since is not None:
                conditions.append(Session.starts_at >= since - timedelta(days=1))
            if until is not None:
                conditions.append(Session.starts_at < until)
        rows: Sequence[Any] = db.session.execute(
            select(
                Session.id, Session.kind, Session.title, Session.code, Session.room_id, Session.track_id,
                Session.starts_at, Session.minutes, Session.audience, Session.pinned, Session.version,
                Session.after_id,
            ).where(*conditions)
        ).all()  # fmt: skip
        chosen = select(Session.id).where(and_(*conditions) | (Session.id == also))
        self.bound = People(Talk.session_id.in_(chosen))
        self.bound.add_duties(chosen)
        if places is not None:
            rows = [*_replaced(rows, places), *self._alone(event, places)]
        if since is not None:
            rows = [row for row in rows if row.starts_at + timedelta(minutes=row.minutes) > since]
        if until is not None:
            rows = [row for row in rows if row.starts_at < until]
        self.event = event
        self.sessions: Sequence[Any] = rows
        self.rooms = db.session.execute(
            select(Room.id, Room.name, Room.capacity, Room.holds_several, Room.open_hours, Room.equipment, Room.venue)
            .where(Room.event_id == event.id)
            .order_by(Room.position, Room.id)
        ).all()

    def _alone(self, event: Event, places: Mapping[str, Place | None]) -> list[PlannedRow]:
        """Talks that a plan gives a place of their own: sessions to be, under the talk's number with a minus."""
        placed = {int(key[1:]): place for key, place in places.items() if key.startswith("t") and place is not None}
        if not placed:
            return []
        loose = People((Talk.event_id == event.id) & Talk.session_id.is_(None) & Talk.id.in_(placed))
        found = []
        for talk in loose.talks.get(None, []):
            self.bound.talks[-talk.id] = [talk]
            self.bound.parts[talk.id] = loose.parts[talk.id]
            self.bound.titles[-talk.id] = talk.paper_title or talk.title
            place = placed[talk.id]
            kind = SessionKind.POSTER if talk.presentation == SessionKind.POSTER.value else SessionKind.ORAL
            found.append(
                PlannedRow(
                    -talk.id, kind, NO_TEXT, "", place.room, talk.track_id, place.start, place.minutes, None, False,
                    talk.version,
                )
            )  # fmt: skip
        self.bound.names.update(loose.names)
        return found

    def title(self, row: Any) -> LocalizedText:
        """The session's own title, or that of its first talk."""
        found: LocalizedText = row.title or self.bound.titles.get(row.id) or LocalizedText(row.code)
        return found

    def judged(
        self, *, touching: int | None = None, moved: Block | None = None, beyond: Sequence[Block] = ()
    ) -> Judged:
        """The clashes; ``moved`` stands in for the session of its id, placed or not.

        ``beyond``: sessions of other hours that matter nevertheless.
        """
        blocks = {block.id: block for block in beyond} | {row.id: self.block(row) for row in self.sessions}
        if moved is not None:
            blocks[moved.id] = moved
        return self.with_names(find(blocks.values(), self.frame(), touching=touching))

    def frame(self) -> Frame:
        """What the sessions are held against. Two queries."""
        told = _Told(self.event.id)
        halls = {
            r.id: Hall(
                r.capacity, r.holds_several, _intervals(r.open_hours), tuple(told.lost.get(r.id, ())),
                words(r.equipment), r.venue,
            )
            for r in self.rooms
        }  # fmt: skip
        options = ProgrammeOptions.of(self.event)
        return Frame(
            halls, _span(self.event), told.away, told.needs, told.zones, options.severities, dict(options.walking)
        )

    def with_names(self, clashes: list[Clash], also: Iterable[int] = ()) -> Judged:
        """Clashes with the names their sentences need; ``also``: sessions of other hours that sentences may name."""
        titles = {row.id: self.title(row) for row in self.sessions}
        named = {number for clash in clashes for number in clash.sessions} | set(also)
        if further := named - titles.keys():
            rows = db.session.execute(select(Session.id, Session.title, Session.code).where(Session.id.in_(further)))
            titles |= {row.id: row.title or LocalizedText(row.code) for row in rows}
        return Judged(clashes, titles, self.bound.names, {r.id: r.name for r in self.rooms})

    def block(self, row: Any) -> Block:
        return block_of(row, minute(row.starts_at), row.minutes, row.room_id, self.bound)


def judge(
    event: Event, *, since: datetime | None = None, until: datetime | None = None, touching: int | None = None
) -> Judged:
    """The clashes among the sessions that run between two moments; ``touching``: those of one session."""
    if touching is None:
        return Stretch(event, since, until).judged()
    way = timedelta(minutes=max(ProgrammeOptions.of(event).walking.values(), default=0))
    near = Stretch(event, since and since - way, until and until + way)
    return near.judged(touching=touching, beyond=parts_of(event, touching))


def parts_of(event: Event, number: int) -> list[Block]:
    """The parts before and after a session, wherever they are: their order counts on every day. One query."""
    before = select(Session.after_id).where(Session.id == number).scalar_subquery()
    rows = db.session.execute(
        select(Session.id, Session.kind, Session.starts_at, Session.minutes, Session.after_id).where(
            Session.event_id == event.id, Session.starts_at.is_not(None), Session.id != number,
            (Session.id == before) | (Session.after_id == number),
        )
    ).all()  # fmt: skip
    starts = [minute(row.starts_at) for row in rows]
    return [
        Block(row.id, row.kind, start, start + row.minutes, after=row.after_id)
        for row, start in zip(rows, starts, strict=True)
    ]


def minute(moment: datetime) -> int:
    """Whole minutes since the epoch: the common clock of all intervals."""
    return int(moment.timestamp()) // 60


def _intervals(pairs: Sequence[Sequence[str]]) -> tuple[Interval, ...]:
    return tuple((minute(datetime.fromisoformat(a)), minute(datetime.fromisoformat(b))) for a, b in pairs)


def _span(event: Event) -> Interval | None:
    if event.starts_on is None:
        return None
    last = event.ends_on or event.starts_on
    return minute(days.begins(event.starts_on, event.zone)), minute(days.ends(last, event.zone))


def words(texts: Sequence[str]) -> frozenset[str]:
    """Equipment as it is compared: however it is spelt, a Projector is a projector."""
    return frozenset(text.casefold() for text in texts)


class _Told:
    """What people said of themselves, and what organisers learned of people and rooms. Two queries."""

    def __init__(self, event_id: int) -> None:
        self.away: dict[str, tuple[Interval, ...]] = {}
        self.needs: dict[str, frozenset[str]] = {}
        self.zones: dict[str, str] = {}
        self.lost: dict[int, list[Interval]] = defaultdict(list)
        answers = db.session.execute(
            select(
                PresenterAnswer.person_id, PresenterAnswer.away, PresenterAnswer.remote, PresenterAnswer.zone,
                PresenterAnswer.equipment,
            ).where(PresenterAnswer.event_id == event_id)
        )  # fmt: skip
        for row in answers:
            who = f"person:{row.person_id}"
            if row.away:
                self.away[who] = _intervals(row.away)
            if row.equipment:
                self.needs[who] = words(row.equipment)
            if row.remote and row.zone:
                self.zones[who] = row.zone
        learned = db.session.execute(
            select(Unavailability.room_id, Unavailability.who, Unavailability.since, Unavailability.until).where(
                Unavailability.event_id == event_id
            )
        )
        for row in learned:
            span = (minute(row.since), minute(row.until))
            if row.room_id is not None:
                self.lost[row.room_id].append(span)
            else:
                self.away[row.who] = (*self.away.get(row.who, ()), span)


def block_of(row: Any, start: int, minutes: int, room: int | None, bound: People) -> Block:
    """A session as it is judged at a place."""
    end = start + minutes
    activities = [Activity(who, start, end) for who in bound.duties.get(row.id, ())]
    clock, needed = start, 0
    for talk in bound.talks.get(row.id, ()):
        clock += talk.gap_minutes
        needed += talk.gap_minutes + talk.minutes
        side_by_side = row.kind in SIDE_BY_SIDE
        from_, to = (start, end) if side_by_side else (clock, clock + talk.minutes)
        activities.extend(Activity(who, from_, to, presents) for who, presents in bound.parts.get(talk.id, ()))
        clock += talk.minutes
    after: int | None = row.after_id
    return Block(row.id, row.kind, start, end, room, row.track_id, row.audience, needed, after, tuple(activities))


class People:
    """The talks that fulfil a condition, and everybody bound by them: authors, speakers, chairs, panellists."""

    def __init__(self, chosen: ColumnElement[bool]) -> None:
        self.talks: dict[int | None, list[Any]] = defaultdict(list)
        self.parts: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        self.duties: dict[int, list[str]] = defaultdict(list)
        self.names: dict[str, PersonName] = {}
        self.titles: dict[int | None, LocalizedText] = {}
        talks = db.session.execute(
            select(
                Talk.id, Talk.session_id, Talk.submission_id, Talk.minutes, Talk.gap_minutes, Talk.version,
                Talk.title, Submission.title.label("paper_title"), Submission.track_id, Submission.presentation,
            )
            .outerjoin(Submission, Submission.id == Talk.submission_id)
            .where(chosen)
            .order_by(Talk.session_id, Talk.position, Talk.id)
        ).all()  # fmt: skip
        for talk in talks:
            self.talks[talk.session_id].append(talk)
            self.titles.setdefault(talk.session_id, talk.paper_title or talk.title)
        self._add_authors(chosen)
        self._add_speakers(chosen)

    def _add_authors(self, chosen: ColumnElement[bool]) -> None:
        rows = db.session.execute(
            select(
                Talk.id.label("talk_id"), Author.person_id, Author.email, Author.given, Author.family, Author.native,
                Author.is_presenter,
            )
            .join(Author, Author.submission_id == Talk.submission_id)
            .where(chosen)
        ).all()  # fmt: skip
        directory = Directory({row.email: row.person_id for row in rows if row.email and row.person_id})
        for row in rows:
            name = PersonName(row.given, row.family, row.native)
            self._add(row.talk_id, directory.identity(row.person_id, row.email, name), name, row.is_presenter)

    def _add_speakers(self, chosen: ColumnElement[bool]) -> None:
        rows = db.session.execute(
            select(
                Speaker.talk_id, Speaker.person_id, Speaker.given, Speaker.family, Speaker.native, Speaker.origin,
            )
            .join(Talk, Talk.id == Speaker.talk_id)
            .where(chosen)
        )  # fmt: skip
        directory = Directory({})
        for row in rows:
            name = PersonName(row.given, row.family, row.native)
            self._add(row.talk_id, directory.identity(row.person_id, "", name, row.origin), name, True)

    def _add(self, talk_id: int, who: str, name: PersonName, presents: bool) -> None:
        self.parts[talk_id].append((who, presents))
        self.names.setdefault(who, name)

    def add_duties(self, sessions: Any) -> None:
        """Chairs and panellists of sessions, but those who declined."""
        rows = db.session.execute(
            select(Duty.session_id, Duty.person_id, Person.given, Person.family, Person.native)
            .join(Person, Person.id == Duty.person_id)
            .where(Duty.session_id.in_(sessions), Duty.state != DutyState.DECLINED)
        )
        for row in rows:
            who = f"person:{row.person_id}"
            self.duties[row.session_id].append(who)
            self.names.setdefault(who, PersonName(row.given, row.family, row.native))
