"""``schedule.json`` (v1), as pretalx and frab export it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from confsys.programme.interchange import values
from confsys.programme.interchange.forms import Day, Human, Reference, Schedule, Slot, Space, Unreadable
from confsys.programme.interchange.numbers import numbered

TYPES = ("slides", "paper", "web", "blog", "article", "media", "related", "activitypub")


def read(data: bytes) -> Schedule:
    """Raises Unreadable, naming the item and the value."""
    try:
        document = json.loads(data)
        schedule = document["schedule"]
        conference = schedule["conference"]
        days = conference["days"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("not_a_schedule") from error
    zone = _text(conference.get("time_zone_name"))
    rooms = [_room(room) for room in conference.get("rooms") or [] if isinstance(room, Mapping)]
    named = {room.name for room in rooms}
    read_days = tuple(_day(day, number, zone) for number, day in enumerate(days, start=1))
    for day in read_days:
        for slot in day.slots:
            if slot.room and slot.room not in named:
                named.add(slot.room)
                rooms.append(Space(slot.room))
    tracks = [(t["name"], _text(t.get("slug"))) for t in conference.get("tracks") or [] if _text(t.get("name"))]
    return Schedule(
        title=_text(conference.get("title")), acronym=_text(conference.get("acronym")),
        version=_text(schedule.get("version")), zone=zone, url=_text(conference.get("url")),
        base_url=_text(schedule.get("base_url")),
        starts_on=values.day(conference["start"], "start") if conference.get("start") else None,
        ends_on=values.day(conference["end"], "end") if conference.get("end") else None,
        rooms=tuple(rooms), tracks=tuple(tracks), days=read_days,
    )  # fmt: skip


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _room(room: Mapping[str, Any]) -> Space:
    capacity = room.get("capacity")
    description = room.get("description")
    return Space(
        _text(room.get("name")), _text(room.get("guid")), description if isinstance(description, str) else "",
        int(capacity) if isinstance(capacity, (int, float)) and capacity > 0 else None,
    )  # fmt: skip


def _day(day: Mapping[str, Any], number: int, zone: str) -> Day:
    on = values.day(_text(day.get("date")), f"day {number}")
    slots = [
        _slot(event, room, zone, on)
        for room, events in (day.get("rooms") or {}).items()
        for event in events
    ]  # fmt: skip
    starts = values.moment(_text(day.get("day_start")) or f"{on}T04:00", zone, f"day {number}")
    ends = values.moment(_text(day.get("day_end")) or f"{on}T23:59", zone, f"day {number}")
    return Day(int(day.get("index") or number), on, starts, ends, tuple(slots))


def _slot(event: Mapping[str, Any], room: str, zone: str, on: Any) -> Slot:
    where = _text(event.get("title")) or _text(event.get("id"))
    given = _text(event.get("date"))
    has_time = "T" in given
    starts = (
        values.moment(given, zone, where)
        if has_time
        else values.moment_of_day(on, _text(event.get("start")), zone, where)
    )
    return Slot(
        guid=values.guid(_text(event.get("guid")), of=_text(event.get("id")) + where), starts_at=starts,
        minutes=values.minutes(_text(event.get("duration")), where), room=_text(event.get("room")) or room,
        title=_text(event.get("title")), id=int(event.get("id") or 0), code=_text(event.get("code")),
        slug=_text(event.get("slug")), subtitle=_text(event.get("subtitle")), track=_text(event.get("track")),
        type=_text(event.get("type")), language=_text(event.get("language")),
        abstract=_text(event.get("abstract")), description=_text(event.get("description")),
        logo=_text(event.get("logo")), url=_text(event.get("url")), feedback_url=_text(event.get("feedback_url")),
        origin_url=_text(event.get("origin_url")), people=tuple(_human(p) for p in event.get("persons") or []),
        links=tuple(_reference(link) for link in event.get("links") or []),
        attachments=tuple(_reference(link) for link in event.get("attachments") or []),
        recording_license=_text(event.get("recording_license")), do_not_record=bool(event.get("do_not_record")),
    )  # fmt: skip


def _human(person: Mapping[str, Any]) -> Human:
    name = _text(person.get("public_name")) or _text(person.get("name"))
    identity = _text(person.get("code")) or _text(person.get("id"))
    return Human(name, identity, _text(person.get("guid")), _text(person.get("biography")))


def _reference(link: Mapping[str, Any]) -> Reference:
    return Reference(_text(link.get("url")), _text(link.get("title")), _text(link.get("type")))


def write(schedule: Schedule) -> bytes:
    """Valid against the v1 JSON Schema."""
    conference = values.acronym(schedule.acronym or schedule.title)
    zone = values.plain_zone(schedule.zone)
    starts = schedule.starts_on or (schedule.days[0].date if schedule.days else None)
    ends = schedule.ends_on or (schedule.days[-1].date if schedule.days else None)
    described: dict[str, Any] = {
        "acronym": conference, "title": schedule.title, "start": str(starts or ""), "end": str(ends or ""),
        "daysCount": len(schedule.days), "timeslot_duration": "00:05",
        **({"time_zone_name": zone} if zone else {}),
        **({"url": schedule.url} if values.web(schedule.url) else {}),
        "tracks": [
            {"name": name, "slug": _track_slug(name, slug, n)} for n, (name, slug) in enumerate(schedule.tracks)
        ],
        "rooms": [
            {
                "name": room.name, "guid": values.guid(room.guid, of=conference + room.name),
                "description": room.description or None, "capacity": room.capacity,
            }
            for room in schedule.rooms
        ],
        "days": _days(schedule, conference),
    }  # fmt: skip
    document = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "confsys"},
        "schedule": {"version": schedule.version, "base_url": schedule.base_url, "conference": described},
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _track_slug(name: str, slug: str, number: int) -> str:
    return values.slugged(slug or name) or f"track-{number + 1}"


def _days(schedule: Schedule, conference: str) -> list[dict[str, Any]]:
    numbers = numbered(schedule)
    slugs: Counter[str] = Counter()
    found = []
    for day in schedule.days:
        rooms: dict[str, list[dict[str, Any]]] = {}
        for slot in day.slots:
            number = numbers[slot.guid]
            slug = values.slug(slot.slug, conference, number, slot.title)
            slugs[slug] += 1
            if slugs[slug] > 1:
                slug = f"{slug}-{number}"
            rooms.setdefault(slot.room, []).append(_event(slot, schedule, number, slug))
        found.append(
            {
                "index": day.index, "date": day.date.isoformat(), "rooms": rooms,
                "day_start": values.local(day.starts_at, schedule.zone),
                "day_end": values.local(day.ends_at, schedule.zone),
            }
        )  # fmt: skip
    return found


def _event(slot: Slot, schedule: Schedule, number: int, slug: str) -> dict[str, Any]:
    return {
        "id": number, "guid": slot.guid, "logo": values.web(slot.logo, schedule.base_url),
        "date": values.local(slot.starts_at, schedule.zone), "start": values.clock(slot.starts_at, schedule.zone),
        "duration": values.duration(slot.minutes), "room": slot.room, "slug": slug,
        "url": values.web(slot.url) or schedule.base_url, "title": slot.title, "subtitle": slot.subtitle,
        "track": slot.track or None, "type": slot.type, "language": slot.language or None,
        "abstract": slot.abstract, "description": slot.description, "recording_license": slot.recording_license,
        "do_not_record": slot.do_not_record,
        "persons": [_person(human) for human in slot.people],
        "links": _references(slot.links), "attachments": _references(slot.attachments),
        **({"code": slot.code} if values.is_code(slot.code) else {}),
        **({"feedback_url": slot.feedback_url} if values.web(slot.feedback_url) else {}),
        **({"origin_url": slot.origin_url} if values.web(slot.origin_url) else {}),
    }  # fmt: skip


def _person(human: Human) -> dict[str, Any]:
    """``name`` and ``code`` without ``public_name``: the schema wants exactly one of its two kinds of person."""
    person: dict[str, Any] = {"name": human.name, "biography": human.biography or None}
    if human.guid:
        person["guid"] = values.guid(human.guid)
    if human.id and human.id.isalnum() and human.id.isupper():
        person["code"] = human.id
    elif human.id.isdigit():
        person["id"] = int(human.id)
    return person


def _references(references: tuple[Reference, ...]) -> list[dict[str, str]]:
    return [
        {"url": r.url, "title": r.title, **({"type": r.type} if r.type in TYPES else {})}
        for r in references
        if r.url
    ]  # fmt: skip
