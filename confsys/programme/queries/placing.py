"""What is needed to judge a timetable, read as plain columns: a move must be answered while the mouse is still down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.clashes import Activity, Block, Clash, Frame, Hall, Interval, find
from confsys.programme.models import Duty, PresenterAnswer, Room, Session, Speaker, Talk
from confsys.programme.options import ProgrammeOptions
from confsys.programme.people import Directory
from confsys.programme.states import SIDE_BY_SIDE, DutyState
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


class Stretch:
    """The sessions that run between two moments (the whole event by default), and everybody bound by them.

    Six queries whatever the number of sessions. ``sessions`` are rows of plain columns.
    """

    def __init__(
        self, event: Event, since: datetime | None = None, until: datetime | None = None, *, also: int | None = None
    ) -> None:
        """``also``: a session whose people are wanted wherever it is."""
        conditions: list[ColumnElement[bool]] = [Session.event_id == event.id, Session.starts_at.is_not(None)]
        if since is not None:
            conditions.append(Session.starts_at >= since - timedelta(days=1))
        if until is not None:
            conditions.append(Session.starts_at < until)
        rows = db.session.execute(
            select(
                Session.id, Session.kind, Session.title, Session.code, Session.room_id, Session.track_id,
                Session.starts_at, Session.minutes, Session.audience, Session.pinned, Session.version,
            ).where(*conditions)
        ).all()  # fmt: skip
        if since is not None:
            rows = [row for row in rows if row.starts_at + timedelta(minutes=row.minutes) > since]
        self.event = event
        self.sessions: Sequence[Any] = rows
        chosen = select(Session.id).where(and_(*conditions) | (Session.id == also))
        self.bound = People(Talk.session_id.in_(chosen))
        self.bound.add_duties(chosen)
        self.rooms = db.session.execute(
            select(Room.id, Room.name, Room.capacity, Room.holds_several, Room.open_hours)
            .where(Room.event_id == event.id)
            .order_by(Room.position, Room.id)
        ).all()

    def title(self, row: Any) -> LocalizedText:
        """The session's own title, or that of its first talk."""
        found: LocalizedText = row.title or self.bound.titles.get(row.id) or LocalizedText(row.code)
        return found

    def judged(self, *, touching: int | None = None, moved: Block | None = None) -> Judged:
        """The clashes; ``moved`` stands in for the session of its id, placed or not."""
        blocks = {row.id: self.block(row) for row in self.sessions}
        if moved is not None:
            blocks[moved.id] = moved
        frame = Frame(
            halls={r.id: Hall(r.capacity, r.holds_several, _intervals(r.open_hours)) for r in self.rooms},
            span=_span(self.event), away=_away(self.event.id), severities=ProgrammeOptions.of(self.event).severities,
        )  # fmt: skip
        titles = {row.id: self.title(row) for row in self.sessions}
        found = find(blocks.values(), frame, touching=touching)
        return Judged(found, titles, self.bound.names, {r.id: r.name for r in self.rooms})

    def block(self, row: Any) -> Block:
        return block_of(row, minute(row.starts_at), row.minutes, row.room_id, self.bound)


def judge(
    event: Event, *, since: datetime | None = None, until: datetime | None = None, touching: int | None = None
) -> Judged:
    """The clashes among the sessions that run between two moments."""
    return Stretch(event, since, until).judged(touching=touching)


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


def _away(event_id: int) -> dict[str, tuple[Interval, ...]]:
    rows = db.session.execute(
        select(PresenterAnswer.person_id, PresenterAnswer.away).where(PresenterAnswer.event_id == event_id)
    )
    return {f"person:{row.person_id}": _intervals(row.away) for row in rows if row.away}


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
    return Block(row.id, row.kind, start, end, room, row.track_id, row.audience, needed, tuple(activities))


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
