"""A whole programme as plain frozen data: what a release freezes and every public page, feed and file is made from.

``as_data`` and ``of_data`` turn it into JSON and back. The working timetable is read into the same form, so a
preview and a release cannot differ in how they look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.names import PersonName
from confsys.programme import days
from confsys.programme.states import DutyRole, SessionKind

FORM = 1


@dataclass(frozen=True, slots=True)
class PersonView:
    """``key`` is stable for the event and says nothing about the person."""

    key: str
    name: PersonName
    affiliation: LocalizedText = NO_TEXT
    biography: LocalizedText = NO_TEXT
    #: Who it is in the system the programme was imported from.
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody named at a talk; ``presents`` is False for co-authors."""

    person: str
    presents: bool = True


@dataclass(frozen=True, slots=True)
class TalkView:
    id: int
    guid: str
    title: LocalizedText
    starts_at: datetime
    minutes: int
    abstract: LocalizedText = NO_TEXT
    parts: tuple[Part, ...] = ()
    submission_id: int | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)
    sequence: int = 0
    changed_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class DutyView:
    person: str
    role: DutyRole


@dataclass(frozen=True, slots=True)
class SessionView:
    id: int
    guid: str
    kind: SessionKind
    starts_at: datetime
    minutes: int
    code: str = ""
    own_title: LocalizedText = NO_TEXT
    description: LocalizedText = NO_TEXT
    track: int | None = None
    room: int | None = None
    duties: tuple[DutyView, ...] = ()
    talks: tuple[TalkView, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    sequence: int = 0
    changed_at: datetime | None = None

    @property
    def title(self) -> LocalizedText:
        """Its own title, or that of its first talk."""
        return self.own_title or (self.talks[0].title if self.talks else NO_TEXT)

    @property
    def is_talk(self) -> bool:
        """One talk that fills it and gives it its name: shown as one thing."""
        return len(self.talks) == 1 and not self.own_title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class RoomView:
    id: int
    name: LocalizedText
    description: LocalizedText = NO_TEXT
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class TrackView:
    id: int
    code: str
    name: LocalizedText


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that was released once and is not on the programme any more: calendars still must be told.

    ``inside``: a talk of a session that had a name of its own.
    """

    guid: str
    title: LocalizedText
    starts_at: datetime
    minutes: int
    sequence: int
    at: datetime
    people: tuple[str, ...] = ()
    room: int | None = None
    inside: bool = False

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Programme:
    """``number`` 0 is the working timetable. Sessions are in order of time, then room."""

    number: int
    at: datetime
    event_id: int
    slug: str
    name: LocalizedText
    acronym: str
    zone: str
    place: LocalizedText
    starts_on: date | None
    ends_on: date | None
    rooms: tuple[RoomView, ...] = ()
    tracks: tuple[TrackView, ...] = ()
    people: Mapping[str, PersonView] = field(default_factory=dict)
    sessions: tuple[SessionView, ...] = ()
    gone: tuple[Gone, ...] = ()

    @cached_property
    def room_by_id(self) -> dict[int, RoomView]:
        return {room.id: room for room in self.rooms}

    @cached_property
    def track_by_id(self) -> dict[int, TrackView]:
        return {track.id: track for track in self.tracks}

    @cached_property
    def session_by_id(self) -> dict[int, SessionView]:
        return {session.id: session for session in self.sessions}

    @cached_property
    def talk_by_id(self) -> dict[int, tuple[SessionView, TalkView]]:
        return {talk.id: (session, talk) for session, talk in self.talks()}

    @cached_property
    def key_of(self) -> dict[str, str]:
        """What each item is called on the pages, by its guid: ``s12``, or ``t34`` where a session is one talk."""
        found = {session.guid: f"s{session.id}" for session in self.sessions if not session.is_talk}
        return {**found, **{talk.guid: f"t{talk.id}" for _, talk in self.talks()}}

    @cached_property
    def days(self) -> list[date]:
        """The days with something on them, in order."""
        return sorted({days.day_of(session.starts_at, self.zone) for session in self.sessions})

    @cached_property
    def engagements(self) -> dict[str, list[tuple[SessionView, TalkView | None]]]:
        """What each person is named at: talks, and sessions (talk None) they chair or sit in."""
        found: dict[str, list[tuple[SessionView, TalkView | None]]] = {}
        for session in self.sessions:
            for duty in session.duties:
                found.setdefault(duty.person, []).append((session, None))
            for talk in session.talks:
                for part in talk.parts:
                    found.setdefault(part.person, []).append((session, talk))
        return found

    def talks(self) -> Iterator[tuple[SessionView, TalkView]]:
        for session in self.sessions:
            for talk in session.talks:
                yield session, talk

    def on(self, day: date) -> list[SessionView]:
        return [session for session in self.sessions if days.day_of(session.starts_at, self.zone) == day]

    def room_name(self, session: SessionView) -> LocalizedText:
        room = self.room_by_id.get(session.room) if session.room is not None else None
        return room.name if room else NO_TEXT


def as_data(programme: Programme) -> dict[str, Any]:
    """The programme as JSON."""
    return {
        "form": FORM,
        "number": programme.number,
        "at": programme.at.isoformat(),
        "event": {
            "id": programme.event_id, "slug": programme.slug, "name": programme.name.as_dict(),
            "acronym": programme.acronym, "zone": programme.zone, "place": programme.place.as_dict(),
            "starts_on": programme.starts_on.isoformat() if programme.starts_on else None,
            "ends_on": programme.ends_on.isoformat() if programme.ends_on else None,
        },
        "rooms": [
            {"id": r.id, "name": r.name.as_dict(), "description": r.description.as_dict(), "capacity": r.capacity}
            for r in programme.rooms
        ],
        "tracks": [{"id": t.id, "code": t.code, "name": t.name.as_dict()} for t in programme.tracks],
        "people": {key: _person_data(person) for key, person in programme.people.items()},
        "sessions": [_session_data(session) for session in programme.sessions],
        "gone": [
            {
                "guid": g.guid, "title": g.title.as_dict(), "starts_at": g.starts_at.isoformat(),
                "minutes": g.minutes, "sequence": g.sequence, "at": g.at.isoformat(), "people": list(g.people),
                "room": g.room, "inside": g.inside,
            }
            for g in programme.gone
        ],
    }  # fmt: skip


def _person_data(person: PersonView) -> dict[str, Any]:
    return {
        "name": [person.name.given, person.name.family, person.name.native],
        "affiliation": person.affiliation.as_dict(), "biography": person.biography.as_dict(),
        "origin": person.origin,
    }  # fmt: skip


def _session_data(session: SessionView) -> dict[str, Any]:
    return {
        "id": session.id, "guid": session.guid, "kind": session.kind.value, "code": session.code,
        "title": session.own_title.as_dict(), "description": session.description.as_dict(),
        "track": session.track, "room": session.room, "starts_at": session.starts_at.isoformat(),
        "minutes": session.minutes, "duties": [[duty.person, duty.role.value] for duty in session.duties],
        "talks": [_talk_data(talk) for talk in session.talks], "extras": dict(session.extras),
        "sequence": session.sequence, "changed_at": _iso(session.changed_at),
    }  # fmt: skip


def _talk_data(talk: TalkView) -> dict[str, Any]:
    return {
        "id": talk.id, "guid": talk.guid, "title": talk.title.as_dict(), "abstract": talk.abstract.as_dict(),
        "starts_at": talk.starts_at.isoformat(), "minutes": talk.minutes,
        "parts": [[part.person, part.presents] for part in talk.parts], "submission_id": talk.submission_id,
        "extras": dict(talk.extras), "sequence": talk.sequence, "changed_at": _iso(talk.changed_at),
    }  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def of_data(data: Mapping[str, Any]) -> Programme:
    """The programme of a release. Raises ValueError for a form this version does not know."""
    if data.get("form") != FORM:
        raise ValueError(f"snapshot of unknown form {data.get('form')!r}")
    event = data["event"]
    return Programme(
        number=data["number"], at=datetime.fromisoformat(data["at"]), event_id=event["id"],
        slug=event["slug"],
        name=LocalizedText.of(event["name"]), acronym=event["acronym"], zone=event["zone"],
        place=LocalizedText.of(event["place"]), starts_on=_day(event["starts_on"]), ends_on=_day(event["ends_on"]),
        rooms=tuple(
            RoomView(r["id"], LocalizedText.of(r["name"]), LocalizedText.of(r["description"]), r["capacity"])
            for r in data["rooms"]
        ),
        tracks=tuple(TrackView(t["id"], t["code"], LocalizedText.of(t["name"])) for t in data["tracks"]),
        people={
            key: PersonView(
                key, PersonName(*p["name"]), LocalizedText.of(p["affiliation"]), LocalizedText.of(p["biography"]),
                p["origin"],
            )
            for key, p in data["people"].items()
        },
        sessions=tuple(_session_of(session) for session in data["sessions"]),
        gone=tuple(
            Gone(
                g["guid"], LocalizedText.of(g["title"]), datetime.fromisoformat(g["starts_at"]), g["minutes"],
                g["sequence"], datetime.fromisoformat(g["at"]), tuple(g["people"]), g["room"], g["inside"],
            )
            for g in data["gone"]
        ),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _session_of(data: Mapping[str, Any]) -> SessionView:
    return SessionView(
        id=data["id"], guid=data["guid"], kind=SessionKind(data["kind"]), code=data["code"],
        own_title=LocalizedText.of(data["title"]), description=LocalizedText.of(data["description"]),
        track=data["track"], room=data["room"], starts_at=datetime.fromisoformat(data["starts_at"]),
        minutes=data["minutes"], duties=tuple(DutyView(p, DutyRole(role)) for p, role in data["duties"]),
        talks=tuple(_talk_of(talk) for talk in data["talks"]), extras=data["extras"],
        sequence=data["sequence"], changed_at=_moment(data["changed_at"]),
    )  # fmt: skip


def _talk_of(data: Mapping[str, Any]) -> TalkView:
    return TalkView(
        id=data["id"], guid=data["guid"], title=LocalizedText.of(data["title"]),
        abstract=LocalizedText.of(data["abstract"]), starts_at=datetime.fromisoformat(data["starts_at"]),
        minutes=data["minutes"], parts=tuple(Part(person, presents) for person, presents in data["parts"]),
        submission_id=data["submission_id"], extras=data["extras"], sequence=data["sequence"],
        changed_at=_moment(data["changed_at"]),
    )  # fmt: skip
