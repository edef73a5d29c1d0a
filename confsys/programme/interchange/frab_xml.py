"""``schedule.xml``, as Pentabarf began it and frab, pretalx and FOSDEM write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lxml import etree

from confsys.programme.interchange import values
from confsys.programme.interchange.forms import Day, Human, Reference, Schedule, Slot, Space, Unreadable
from confsys.programme.interchange.numbers import numbered

MEDIA_TYPE = "application/vnd.c3voc.schedule+xml"


def read(data: bytes) -> Schedule:
    """Raises Unreadable, naming the item and the value."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("not_a_schedule") from error
    conference = root.find("conference")
    if root.tag != "schedule" or conference is None:
        raise Unreadable("not_a_schedule")
    zone = _child(conference, "time_zone_name")
    read_days = tuple(_day(day, number, zone) for number, day in enumerate(root.findall("day"), start=1))
    biographies = {
        person.get("id", ""): _child(person, "biography") for person in root.findall("persons/person")
    }  # fmt: skip
    if any(biographies.values()):
        read_days = tuple(_with_biographies(day, biographies) for day in read_days)
    rooms = {room.get("name", ""): room.get("guid", "") for room in root.findall("day/room")}
    named = [*root.findall("tracks/track"), *conference.findall("track")]
    tracks = [(track.get("name") or (track.text or "").strip(), track.get("slug", "")) for track in named]
    start, end = _child(conference, "start"), _child(conference, "end")
    return Schedule(
        title=_child(conference, "title"), acronym=_child(conference, "acronym"), version=_child(root, "version"),
        zone=zone, url=_child(conference, "url"), base_url=_child(conference, "base_url"),
        starts_on=values.day(start, "start") if start else None, ends_on=values.day(end, "end") if end else None,
        rooms=tuple(Space(name, guid) for name, guid in rooms.items() if name),
        tracks=tuple((name, slug) for name, slug in tracks if name), days=read_days,
    )  # fmt: skip


def _child(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _day(day: etree._Element, number: int, zone: str) -> Day:
    on = values.day(day.get("date") or day.get("start") or "", f"day {number}")
    slots = [
        _slot(event, room.get("name", ""), zone, on) for room in day.findall("room") for event in room.findall("event")
    ]
    starts = values.moment(day.get("start") or f"{on}T04:00", zone, f"day {number}")
    ends = values.moment(day.get("end") or f"{on}T23:59", zone, f"day {number}")
    return Day(int(day.get("index") or number), on, starts, ends, tuple(slots))


def _slot(event: etree._Element, room: str, zone: str, on: date) -> Slot:
    text: dict[str, str] = {str(child.tag): (child.text or "").strip() for child in event}
    identity = event.get("id") or ""
    where = text.get("title") or identity
    given = text.get("date", "")
    starts = (
        values.moment(given, zone, where)
        if "T" in given
        else values.moment_of_day(on, text.get("start", ""), zone, where)
    )
    return Slot(
        guid=values.guid(event.get("guid", ""), of=identity + where), starts_at=starts,
        minutes=values.minutes(text.get("duration", ""), where), room=text.get("room") or room,
        title=text.get("title", ""),
        id=int(identity) if identity.isdigit() else 0, code=event.get("code", ""), slug=text.get("slug", ""),
        subtitle=text.get("subtitle", ""), track=text.get("track", ""), type=text.get("type", ""),
        language=text.get("language", ""), abstract=text.get("abstract", ""), description=text.get("description", ""),
        logo=text.get("logo", ""), url=text.get("url", ""), feedback_url=text.get("feedback_url", ""),
        origin_url=text.get("origin_url", ""),
        people=tuple(
            Human((p.text or "").strip(), p.get("id", ""), p.get("guid", ""))
            for p in event.findall("persons/person")
            if (p.text or "").strip()
        ),
        links=_references(event, "links/link"), attachments=_references(event, "attachments/attachment"),
        recording_license=(event.findtext("recording/license") or "").strip(),
        do_not_record=(event.findtext("recording/optout") or "").strip().lower() in {"true", "1"},
    )  # fmt: skip


def _references(event: etree._Element, path: str) -> tuple[Reference, ...]:
    found = []
    for element in event.findall(path):
        title = (element.text or "").strip()
        found.append(Reference(element.get("href") or title, title, element.get("type", "")))
    return tuple(found)


def _with_biographies(day: Day, biographies: dict[str, str]) -> Day:
    slots = tuple(
        replace(slot, people=tuple(replace(h, biography=biographies.get(h.id, "")) for h in slot.people))
        for slot in day.slots
    )
    return replace(day, slots=slots)


def write(schedule: Schedule) -> bytes:
    """Valid against the schema of the IANA-registered media type."""
    conference = values.acronym(schedule.acronym or schedule.title)
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name="confsys")
    if values.web(schedule.url):
        _add(root, "url", schedule.url)
    _add(root, "version", schedule.version)
    _add_conference(root, schedule, conference)
    numbers = numbered(schedule)
    slugs: set[str] = set()
    for day in schedule.days:
        _add_day(root, day, schedule, conference, numbers, slugs)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return document


def _add(parent: etree._Element, tag: str, text: str, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, tag, attributes)
    element.text = "".join(c for c in text if c in "\t\n\r" or c >= " ")
    return element


def _add_conference(root: etree._Element, schedule: Schedule, acronym: str) -> None:
    element = etree.SubElement(root, "conference")
    _add(element, "acronym", acronym)
    _add(element, "title", schedule.title)
    starts = schedule.starts_on or (schedule.days[0].date if schedule.days else None)
    ends = schedule.ends_on or (schedule.days[-1].date if schedule.days else None)
    if starts and ends:
        _add(element, "start", starts.isoformat())
        _add(element, "end", ends.isoformat())
    _add(element, "days", str(len(schedule.days)))
    _add(element, "timeslot_duration", "00:05")
    if values.web(schedule.base_url):
        _add(element, "base_url", schedule.base_url)
    if schedule.zone:
        _add(element, "time_zone_name", schedule.zone)
    for name, slug in schedule.tracks:
        attributes = {"name": name}
        short = values.slugged(slug or name)
        if len(short) > 1 and short[0].isalpha():
            attributes["slug"] = short
        _add(element, "track", name, **attributes)


def _add_day(
    root: etree._Element, day: Day, schedule: Schedule, conference: str, numbers: dict[str, int], slugs: set[str]
) -> None:
    element = etree.SubElement(
        root, "day", index=str(day.index), date=day.date.isoformat(),
        start=values.local(day.starts_at, schedule.zone), end=values.local(day.ends_at, schedule.zone),
    )  # fmt: skip
    guids = {room.name: room.guid for room in schedule.rooms}
    rooms: dict[str, etree._Element] = {}
    for slot in day.slots:
        if slot.room not in rooms:
            rooms[slot.room] = etree.SubElement(element, "room", name=slot.room)
            if values.is_guid(guids.get(slot.room, "")):
                rooms[slot.room].set("guid", guids[slot.room])
        number = numbers[slot.guid]
        slug = values.slug(slot.slug, conference, number, slot.title)
        slug = f"{slug}-{number}" if slug in slugs else slug
        slugs.add(slug)
        _add_event(rooms[slot.room], slot, schedule, number, slug)


def _add_event(room: etree._Element, slot: Slot, schedule: Schedule, number: int, slug: str) -> None:
    event = etree.SubElement(room, "event", guid=slot.guid, id=str(number))
    if values.is_code(slot.code):
        event.set("code", slot.code)
    _add(event, "date", values.local(slot.starts_at, schedule.zone))
    _add(event, "start", values.clock(slot.starts_at, schedule.zone))
    _add(event, "duration", _duration(slot.minutes))
    _add(event, "room", slot.room)
    _add(event, "slug", slug)
    for name, url in (("url", slot.url), ("feedback_url", slot.feedback_url), ("origin_url", slot.origin_url)):
        if values.web(url):
            _add(event, name, url)
    if logo := values.web(slot.logo, schedule.base_url):
        _add(event, "logo", logo)
    for name in ("title", "subtitle", "track", "type", "language", "abstract", "description"):
        _add(event, name, getattr(slot, name))
    recording = etree.SubElement(event, "recording")
    _add(recording, "license", slot.recording_license)
    _add(recording, "optout", "true" if slot.do_not_record else "false")
    people = etree.SubElement(event, "persons")
    for human in slot.people:
        attributes = {"id": human.id} if human.id.isdigit() else {}
        if values.is_guid(human.guid):
            attributes["guid"] = human.guid
        _add(people, "person", human.name, **attributes)
    for group, name, references in (("links", "link", slot.links), ("attachments", "attachment", slot.attachments)):
        parent = etree.SubElement(event, group)
        for reference in references:
            kind = {"type": reference.type} if reference.type else {}
            _add(parent, name, reference.title or reference.url, href=reference.url, **kind)


def _duration(minutes: int) -> str:
    """Two digits of hours at most: nothing on a programme lasts for days."""
    return values.duration(min(minutes, 99 * 60 + 59))
