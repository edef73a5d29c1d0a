"""Tracks and topics of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db, is_used
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event, Topic, Track
from confsys.events.operations.settings import touch


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A track as typed; ``id`` None: a new one."""

    id: int | None
    code: str
    name: LocalizedText
    description: LocalizedText = LocalizedText()


@dataclass(frozen=True, slots=True)
class TopicRow:
    id: int | None
    name: LocalizedText


@operation
def set_structure(
    event: Event, tracks: Sequence[TrackRow], topics: Sequence[TopicRow], *, version: int | None, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """The whole of both lists, in order. A row that is missing is removed, unless papers or people use it."""
    expect_version(event, version)
    _check(tracks, topics)
    _drop_missing(event.tracks, {row.id for row in tracks}, "tracks")
    _drop_missing(event.topics, {row.id for row in topics}, "topics")
    db.session.flush()
    _set_tracks(event, tracks)
    _set_topics(event, topics)
    record("events.tracks_changed", event, actor=actor, at=at, event_id=event.id, changes={})
    touch(event)


def _check(tracks: Sequence[TrackRow], topics: Sequence[TopicRow]) -> None:
    if any(not row.code or not row.name for row in tracks):
        raise Invalid(tracks=_l("Each track needs a short code and a name."))
    if len({row.code for row in tracks}) != len(tracks):
        raise Invalid(tracks=_l("Two tracks have the same code."))
    if any(not row.name for row in topics):
        raise Invalid(topics=_l("A topic has no name."))


def _drop_missing(rows: list[Track] | list[Topic], kept: set[int | None], field: str) -> None:
    for row in [row for row in rows if row.id not in kept]:
        if is_used(row):
            raise Invalid(
                **{field: _l("“%(name)s” is used by papers or people and cannot be removed.", name=str(row.name))}
            )
        rows.remove(row)  # type: ignore[arg-type]  # a row of its own list


def _set_tracks(event: Event, rows: Sequence[TrackRow]) -> None:
    known = {track.id: track for track in event.tracks}
    # Codes are unique at every moment: two that change places pass through a third.
    for track in event.tracks:
        track.code = f"~{track.id}"
    db.session.flush()
    for position, row in enumerate(rows):
        kept = known.get(row.id) if row.id is not None else None
        track = kept or Track()
        if kept is None:
            event.tracks.append(track)
        track.code, track.name, track.description = row.code, row.name, row.description
        track.position = position


def _set_topics(event: Event, rows: Sequence[TopicRow]) -> None:
    known = {topic.id: topic for topic in event.topics}
    for position, row in enumerate(rows):
        topic = known.get(row.id) if row.id is not None else None
        if topic is None:
            topic = Topic()
            event.topics.append(topic)
        topic.name, topic.position = row.name, position


@operation
def add_track(event: Event, name: LocalizedText, description: LocalizedText, *, actor: Actor, at: datetime) -> Track:
    """One more track behind the others, under the next free number."""
    taken = {track.code for track in event.tracks}
    code = next(code for number in range(1, 1000) if (code := f"T{number}") not in taken)
    track = Track(code=code, name=name, description=description, position=len(event.tracks))
    event.tracks.append(track)
    db.session.flush()
    record("events.tracks_changed", event, actor=actor, at=at, event_id=event.id, changes={})
    touch(event)
    return track
