"""What a release changes against the one before: as data, told later in the reader's language."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.programme.snapshots import Gone, Programme, SessionView, TalkView


class ChangeKind(enum.StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # another time, another room, or both
    LENGTH = "length"
    RENAMED = "renamed"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Place:
    starts_at: datetime
    minutes: int
    room: LocalizedText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Change:
    """``follows``: a talk that only went along with its session, which has a change of its own."""

    kind: ChangeKind
    guid: str
    is_talk: bool
    title: LocalizedText
    before: Place | None = None
    after: Place | None = None
    old_title: LocalizedText = NO_TEXT
    follows: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    title: LocalizedText
    place: Place
    is_talk: bool
    people: tuple[str, ...]
    parent: str
    offset: int
    sequence: int
    room: int | None
    named: tuple[str, ...]


def _items(programme: Programme) -> dict[str, _Item]:
    found: dict[str, _Item] = {}
    for session in programme.sessions:
        room = programme.room_name(session)
        place = Place(session.starts_at, session.minutes, room)
        if not session.is_talk:
            people = tuple(sorted(f"{duty.role}:{duty.person}" for duty in session.duties))
            named = tuple(duty.person for duty in session.duties)
            found[session.guid] = _Item(
                session.title, place, False, people, "", 0, session.sequence, session.room, named
            )  # fmt: skip
        for talk in session.talks:
            people = tuple(part.person for part in talk.parts)
            offset = int((talk.starts_at - session.starts_at).total_seconds()) // 60
            place = Place(talk.starts_at, talk.minutes, room)
            parent = "" if session.is_talk else session.guid
            found[talk.guid] = _Item(
                talk.title, place, True, people, parent, offset, talk.sequence, session.room, people
            )  # fmt: skip
    return found


def compare(old: Programme | None, new: Programme) -> list[Change]:
    """All changes from ``old`` to ``new``, in order of time. Nothing came before a first release."""
    if old is None:
        return []
    was, now = _items(old), _items(new)
    moved = {g for g in was.keys() & now.keys() if not now[g].is_talk and was[g].place != now[g].place}
    added = {g for g in now.keys() - was.keys() if not now[g].is_talk}
    removed = {g for g in was.keys() - now.keys() if not was[g].is_talk}
    found: list[Change] = []
    for guid, item in now.items():
        before = was.get(guid)
        if before is None:
            follows = item.parent in added
            found.append(Change(ChangeKind.ADDED, guid, item.is_talk, item.title, after=item.place, follows=follows))
            continue
        found.extend(_differences(guid, before, item, item.parent in moved and before.parent == item.parent))
    for guid, item in was.items():
        if guid not in now:
            follows = item.parent in removed
            found.append(Change(ChangeKind.REMOVED, guid, item.is_talk, item.title, before=item.place, follows=follows))
    return sorted(found, key=_when)


def _when(change: Change) -> tuple[datetime, bool, str]:
    place = change.after or change.before
    assert place is not None  # noqa: S101  every change has one of the two
    return place.starts_at, change.is_talk, change.guid


def _differences(guid: str, was: _Item, now: _Item, with_session: bool) -> Iterator[Change]:
    def change(kind: ChangeKind, *, follows: bool = False) -> Change:
        return Change(kind, guid, now.is_talk, now.title, was.place, now.place, was.title, follows)

    if (was.place.starts_at, was.place.room) != (now.place.starts_at, now.place.room):
        yield change(ChangeKind.MOVED, follows=with_session and was.offset == now.offset)
    elif was.place.minutes != now.place.minutes:
        yield change(ChangeKind.LENGTH)
    if was.title != now.title:
        yield change(ChangeKind.RENAMED)
    if was.people != now.people:
        yield change(ChangeKind.PEOPLE)


def differ(old: Programme, new: Programme) -> bool:
    """Whether readers would notice anything: a corrected abstract counts, though it is no change of the programme."""
    return _contents(old) != _contents(new)


def _contents(programme: Programme) -> Programme:
    """The programme without what every release counts anew."""

    def plain(session: SessionView) -> SessionView:
        talks = tuple(replace(talk, sequence=0, changed_at=None) for talk in session.talks)
        return replace(session, talks=talks, sequence=0, changed_at=None)

    at = datetime.min.replace(tzinfo=UTC)
    return replace(
        programme, number=0, at=at, gone=(), sessions=tuple(plain(session) for session in programme.sessions)
    )


def numbered(old: Programme | None, new: Programme, changes: list[Change]) -> Programme:
    """``new`` with the sequence of every item carried on, and with what is gone remembered for calendars."""
    at = new.at
    was = _items(old) if old else {}
    left = {gone.guid: gone for gone in old.gone} if old else {}
    touched = {change.guid for change in changes if change.kind is not ChangeKind.REMOVED}
    stamps = _stamps(old)

    def carried(guid: str) -> tuple[int, datetime]:
        if guid in was:
            grown = guid in touched
            return was[guid].sequence + grown, at if grown else stamps[guid]
        return (left[guid].sequence + 1 if guid in left else 0), at

    def talk_of(talk: TalkView) -> TalkView:
        sequence, changed_at = carried(talk.guid)
        return replace(talk, sequence=sequence, changed_at=changed_at)

    def session_of(session: SessionView) -> SessionView:
        talks = tuple(talk_of(talk) for talk in session.talks)
        sequence, changed_at = carried(session.guid)
        return replace(session, talks=talks, sequence=sequence, changed_at=changed_at)

    numbered_ = replace(new, sessions=tuple(session_of(session) for session in new.sessions))
    return replace(numbered_, gone=tuple(_gone(was, left, _items(numbered_), at)))


def _stamps(old: Programme | None) -> dict[str, datetime]:
    if old is None:
        return {}
    found = {session.guid: session.changed_at or old.at for session in old.sessions}
    found.update({talk.guid: talk.changed_at or old.at for _, talk in old.talks()})
    return found


def _gone(was: Mapping[str, _Item], left: Mapping[str, Gone], now: Mapping[str, _Item], at: datetime) -> Iterator[Gone]:
    for guid, gone in left.items():
        if guid not in now:
            yield gone
    for guid, item in was.items():
        if guid not in now:
            yield Gone(
                guid, item.title, item.place.starts_at, item.place.minutes, item.sequence + 1, at, people=item.named,
                room=item.room, inside=bool(item.parent),
            )  # fmt: skip


def as_data(changes: list[Change]) -> dict[str, Any]:
    return {"items": [_change_data(change) for change in changes]}


def of_data(data: Mapping[str, Any]) -> list[Change]:
    return [
        Change(
            ChangeKind(c["kind"]), c["guid"], c["is_talk"], LocalizedText.of(c["title"]), _place_of(c["before"]),
            _place_of(c["after"]), LocalizedText.of(c["old_title"]), c["follows"],
        )
        for c in data.get("items", [])
    ]  # fmt: skip


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value, "guid": change.guid, "is_talk": change.is_talk, "title": change.title.as_dict(),
        "before": _place_data(change.before), "after": _place_data(change.after),
        "old_title": change.old_title.as_dict(), "follows": change.follows,
    }  # fmt: skip


def _place_data(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"starts_at": place.starts_at.isoformat(), "minutes": place.minutes, "room": place.room.as_dict()}


def _place_of(data: Mapping[str, Any] | None) -> Place | None:
    if data is None:
        return None
    return Place(datetime.fromisoformat(data["starts_at"]), data["minutes"], LocalizedText.of(data["room"]))
