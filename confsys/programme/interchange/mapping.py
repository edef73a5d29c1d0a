"""From a programme to the form that schedule files are written from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from confsys.core.localized import LocalizedText
from confsys.programme import days
from confsys.programme.interchange import values
from confsys.programme.interchange.forms import Day, Human, Reference, Schedule, Slot, Space
from confsys.programme.snapshots import PersonView, Programme, SessionView, TalkView

#: (what: "session" or "talk", id) -> its public page
Address = Callable[[str, int], str]
#: What a room is called that is all of them.
EVERYWHERE = LocalizedText("Everywhere", "全部会场")


def schedule_of(programme: Programme, *, locale: str, url: str, page_of: Address) -> Schedule:
    """The programme in one language; texts that exist in the other one only are given as they are."""
    return Schedule(
        title=programme.name.in_(locale), acronym=programme.slug, version=str(programme.number), zone=programme.zone,
        url=url, base_url=url, starts_on=programme.starts_on, ends_on=programme.ends_on,
        rooms=tuple(
            Space(
                room.name.in_(locale), str(uuid5(NAMESPACE_URL, f"room:{programme.slug}:{room.id}")),
                room.description.in_(locale), room.capacity,
            )
            for room in programme.rooms
        ),
        tracks=tuple((track.name.in_(locale), values.slugged(track.name.en)) for track in programme.tracks),
        days=tuple(_days(programme, locale, page_of)),
    )  # fmt: skip


def _days(programme: Programme, locale: str, page_of: Address) -> Iterator[Day]:
    for index, day in enumerate(programme.days, start=1):
        slots = [slot for session in programme.on(day) for slot in _slots(programme, session, locale, page_of)]
        ends = days.ends(day, programme.zone) - timedelta(minutes=1)
        yield Day(index, day, days.begins(day, programme.zone), ends, tuple(slots))


def _slots(programme: Programme, session: SessionView, locale: str, page_of: Address) -> Iterator[Slot]:
    room = programme.room_name(session) or EVERYWHERE
    track = programme.track_by_id.get(session.track) if session.track is not None else None
    shared: dict[str, Any] = {"room": room.in_(locale), "track": track.name.in_(locale) if track else ""}
    if not session.talks:
        yield Slot(
            guid=session.guid, starts_at=session.starts_at, minutes=session.minutes, title=session.title.in_(locale),
            abstract=session.description.in_(locale), **shared,
            **_said(session.extras, kind=session.kind.value, url=page_of("session", session.id)),
        )  # fmt: skip
    for talk in session.talks:
        said = _said(talk.extras, kind=session.kind.value, url=page_of("talk", talk.id))
        said["subtitle"] = said["subtitle"] or session.own_title.in_(locale)
        yield Slot(
            guid=talk.guid, starts_at=talk.starts_at, minutes=talk.minutes, title=talk.title.in_(locale),
            abstract=talk.abstract.in_(locale), people=tuple(_people(programme, talk, locale)), **shared, **said,
        )  # fmt: skip


def _said(extras: Mapping[str, Any], *, kind: str, url: str) -> dict[str, Any]:
    """What came with the item from another system, and else what we know ourselves."""
    return {
        "id": extras.get("id", 0), "code": extras.get("code", ""), "slug": extras.get("slug", ""),
        "subtitle": extras.get("subtitle", ""), "type": extras.get("type", kind),
        "language": extras.get("language", ""), "description": extras.get("description", ""),
        "logo": extras.get("logo", ""), "url": extras.get("url", url),
        "feedback_url": extras.get("feedback_url", ""), "origin_url": extras.get("origin_url", ""),
        "links": tuple(Reference(*pair) for pair in extras.get("links", [])),
        "attachments": tuple(Reference(*pair) for pair in extras.get("attachments", [])),
        "recording_license": extras.get("recording_license", ""),
        "do_not_record": extras.get("do_not_record", False),
    }  # fmt: skip


def _people(programme: Programme, talk: TalkView, locale: str) -> Iterator[Human]:
    """Who gives the talk; everybody named where nobody is said to present."""
    named = [part for part in talk.parts if part.presents] or talk.parts
    for part in named:
        yield _human(programme.people[part.person], locale)


def _human(person: PersonView, locale: str) -> Human:
    own = str(uuid5(NAMESPACE_URL, f"person:{person.key}"))
    guid = person.origin if values.is_guid(person.origin) else own
    identity = "" if values.is_guid(person.origin) else person.origin
    return Human(person.name.shown(locale), identity, guid, person.biography.in_(locale))
