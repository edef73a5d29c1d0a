"""A whole schedule from another system, read once or again: what has the same identity is brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.names import has_han
from confsys.core.operation import operation
from confsys.events.models import Event, Track
from confsys.events.standing import EventStanding
from confsys.programme import days
from confsys.programme.interchange.forms import Human, Reference, Schedule, Slot
from confsys.programme.models import Room, Session, Speaker, Talk, new_guid
from confsys.programme.rules import may_arrange
from confsys.programme.states import SessionKind, TalkState

#: Words of other systems' types that tell what an item is. Everything else is talks.
KINDS: tuple[tuple[SessionKind, tuple[str, ...]], ...] = (
    (SessionKind.BREAK, ("break", "lunch", "coffee", "pause", "茶歇", "午餐")),
    (SessionKind.SOCIAL, ("social", "dinner", "ceremony", "party", "reception", "晚宴")),
    (SessionKind.POSTER, ("poster", "海报")),
    (SessionKind.KEYNOTE, ("keynote", "plenary", "特邀", "大会报告")),
    (SessionKind.PANEL, ("panel", "podium", "discussion", "bof", "birds of")),
    (SessionKind.SALON, ("salon", "沙龙")),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or (tried dry) would do."""

    added: int
    changed: int
    removed: int
    rooms: int
    tracks: int
    outside: int
    """items outside the days of the event"""
    zone_differs: bool


@operation
def import_programme(
    event: Event, schedule: Schedule, *, replace_others: bool = False, standing: EventStanding | None, actor: Actor,
    at: datetime,
) -> Imported:  # fmt: skip
    """Bring a schedule into the working timetable; all or nothing.

    Items are known again by their guid. With ``replace_others`` sessions that an import brought earlier and the file
    no longer holds are removed. ``standing`` None: asked for on the command line.
    """
    if standing is not None:
        demand(may_arrange(standing))
    slots = list(schedule.slots())
    if len({slot.guid for slot in slots}) != len(slots):
        raise Invalid(_l("Two items of the file have one identity (guid), so they cannot be told apart."))
    desk = _Desk(event, schedule)
    desk.make_rooms()
    desk.make_tracks()
    for slot in slots:
        desk.bring(slot)
    removed = desk.remove_missing({slot.guid for slot in slots}) if replace_others else 0
    db.session.flush()
    record(
        "programme.import", event, actor=actor, at=at, event_id=event.id, changes={}, title=schedule.title,
        added=desk.added, changed=desk.changed, removed=removed,
    )  # fmt: skip
    return Imported(
        desk.added, desk.changed, removed, desk.rooms_made, desk.tracks_made, _outside(event, slots),
        bool(schedule.zone) and schedule.zone != event.zone,
    )  # fmt: skip


def _outside(event: Event, slots: Iterable[Slot]) -> int:
    if event.starts_on is None:
        return 0
    last = event.ends_on or event.starts_on
    return sum(not event.starts_on <= days.day_of(slot.starts_at, event.zone) <= last for slot in slots)


@dataclass
class _Desk:
    """The rows of the event while a schedule is being brought in: read once, found by identity."""

    event: Event
    schedule: Schedule
    added: int = 0
    changed: int = 0
    rooms_made: int = 0
    tracks_made: int = 0
    rooms: dict[str, Room] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)
    talks: dict[str, Talk] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tracks = {name: track for track in self.event.tracks for name in _names(track.name)}
        rooms = db.session.scalars(select(Room).where(Room.event_id == self.event.id))
        self.rooms = {name: room for room in rooms for name in _names(room.name)}
        talks = select(Talk).where(Talk.event_id == self.event.id)
        loading = (selectinload(Talk.speakers), selectinload(Talk.session).selectinload(Session.talks))
        self.talks = {talk.guid: talk for talk in db.session.scalars(talks.options(*loading))}
        sessions = db.session.scalars(select(Session).where(Session.event_id == self.event.id))
        self.sessions = {session.guid: session for session in sessions}

    def make_rooms(self) -> None:
        several = _rooms_with_overlaps(self.schedule)
        spaces = {space.name: space for space in self.schedule.rooms}
        for name in dict.fromkeys([*spaces, *(slot.room for slot in self.schedule.slots())]):
            if not name or name in self.rooms:
                continue
            space = spaces.get(name)
            room = Room(
                event_id=self.event.id, name=_text(name), capacity=space.capacity if space else None,
                description=_text(space.description) if space else NO_TEXT, position=len(self.rooms),
                holds_several=name in several,
            )  # fmt: skip
            db.session.add(room)
            self.rooms[name] = room
            self.rooms_made += 1
        db.session.flush()

    def make_tracks(self) -> None:
        names = [name for name, _ in self.schedule.tracks] + [slot.track for slot in self.schedule.slots()]
        codes = {track.code for track in self.event.tracks}
        for name in dict.fromkeys(names):
            if not name or name in self.tracks:
                continue
            code = next(code for n in range(1, 10_000) if (code := f"I{n}") not in codes)
            codes.add(code)
            track = Track(event_id=self.event.id, code=code, name=_text(name), position=len(self.tracks))
            self.event.tracks.append(track)
            self.tracks[name] = track
            self.tracks_made += 1
        db.session.flush()

    def bring(self, slot: Slot) -> None:
        kind = _kind(slot)
        talk = self.talks.get(slot.guid)
        session = talk.session if talk else self.sessions.get(slot.guid)
        if talk is not None and session is not None and len(session.talks) > 1:
            # The organisers have put it among others: its words follow the file, its place is theirs.
            _fill(talk, slot)
            return
        if talk is None and session is None and (slot.people or kind not in (SessionKind.BREAK, SessionKind.SOCIAL)):
            talk = Talk(
                event_id=self.event.id, guid=slot.guid, speakers=[], minutes=slot.minutes, state=TalkState.CONFIRMED
            )
            self.talks[slot.guid] = talk
        place = (slot.starts_at, self._room(slot), slot.minutes)
        if session is None:
            session = Session(event_id=self.event.id, kind=kind, minutes=slot.minutes)
            session.talks, session.guid = ([talk], new_guid()) if talk else ([], slot.guid)
            db.session.add(session)
            self.sessions[session.guid] = session
            self.added += 1
        else:
            self.changed += (session.starts_at, session.room_id, session.minutes) != place
        session.kind, session.track_id = kind, self.tracks[slot.track].id if slot.track else None
        session.starts_at, session.room_id, session.minutes = place
        if talk is not None:
            _fill(talk, slot)
            session.extras = {"imported": True}
        else:
            session.title, session.description = _title(slot), _text(slot.abstract)
            session.extras = {**extras_of(slot), "imported": True}

    def _room(self, slot: Slot) -> int | None:
        return self.rooms[slot.room].id if slot.room else None

    def remove_missing(self, present: set[str]) -> int:
        """Sessions that an import brought, whose item the file no longer holds."""
        gone = [
            session
            for session in self.sessions.values()
            if session.extras.get("imported")
            and session.guid not in present
            and not any(talk.guid in present for talk in session.talks)
        ]
        for session in gone:
            for talk in list(session.talks):
                if talk.submission_id is None:
                    db.session.delete(talk)
                else:
                    talk.session = None
            db.session.delete(session)
        return len(gone)


def _names(text: LocalizedText) -> list[str]:
    return [name for name in (text.en, text.zh) if name]


def _text(value: str) -> LocalizedText:
    """A text of unknown language: Chinese when it is written in Han characters."""
    return LocalizedText(zh=value) if has_han(value) else LocalizedText(value)


def _title(slot: Slot) -> LocalizedText:
    return LocalizedText(slot.title, slot.title_zh) if slot.title_zh else _text(slot.title)


def _kind(slot: Slot) -> SessionKind:
    words = f"{slot.type} {slot.track}".lower() if slot.people else f"{slot.type} {slot.title}".lower()
    return next((kind for kind, marks in KINDS if any(mark in words for mark in marks)), SessionKind.ORAL)


def _rooms_with_overlaps(schedule: Schedule) -> set[str]:
    """Rooms in which the schedule itself runs several things at once."""
    found: set[str] = set()
    until: dict[str, datetime] = {}
    for slot in sorted(schedule.slots(), key=lambda slot: slot.starts_at):
        if slot.room in until and slot.starts_at < until[slot.room]:
            found.add(slot.room)
        ends = slot.starts_at + timedelta(minutes=slot.minutes)
        until[slot.room] = max(ends, until.get(slot.room, ends))
    return found


def _fill(talk: Talk, slot: Slot) -> None:
    talk.minutes, talk.extras = slot.minutes, extras_of(slot)
    if talk.submission_id is not None:
        return
    talk.title, talk.abstract = _title(slot), _text(slot.abstract)
    present = [(speaker.name.both, speaker.origin) for speaker in talk.speakers]
    if present == [(human.name, _origin(human)) for human in slot.people]:
        return
    talk.speakers[:] = [_speaker(human, place) for place, human in enumerate(slot.people)]


def _speaker(human: Human, place: int) -> Speaker:
    """A name that came as one string stays one string."""
    han = has_han(human.name)
    return Speaker(
        position=place, origin=_origin(human), biography=_text(human.biography),
        family="" if han else human.name[:200], native=human.name[:120] if han else "",
    )  # fmt: skip


def _origin(human: Human) -> str:
    return (human.id or human.guid)[:60]


def extras_of(slot: Slot) -> dict[str, Any]:
    """What a schedule file says beyond our own columns, for giving it back."""
    said: dict[str, Any] = {
        "id": slot.id, "code": slot.code, "slug": slot.slug, "subtitle": slot.subtitle, "type": slot.type,
        "language": slot.language, "description": slot.description, "logo": slot.logo, "url": slot.url,
        "feedback_url": slot.feedback_url, "origin_url": slot.origin_url, "links": _pairs(slot.links),
        "attachments": _pairs(slot.attachments), "recording_license": slot.recording_license,
        "do_not_record": slot.do_not_record,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value}


def _pairs(references: tuple[Reference, ...]) -> list[list[str]]:
    return [[reference.url, reference.title, reference.type] for reference in references]
