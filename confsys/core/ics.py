"""Calendars as files (RFC 5545, 7986): what every calendar program reads.

A calendar is plain data here and text at the end. Times carry the event's zone by its IANA name, and the zone
comes along as a VTIMEZONE whose onsets are written in the offset that ends (RFC 5545 3.6.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MEDIA_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//confsys//confsys//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """A VEVENT. ``uid`` never changes; ``sequence`` grows with every change; a cancelled entry stays and says so."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    sequence: int = 0
    description: str = ""
    location: str = ""
    url: str = ""
    categories: Sequence[str] = ()
    cancelled: bool = False
    #: Not busy: a break, a fair that is open all day.
    transparent: bool = False
    related_to: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A VCALENDAR that a program may subscribe to."""

    name: str
    zone: str
    entries: Sequence[Entry]
    description: str = ""
    source: str = ""
    refresh: timedelta = field(default=timedelta(hours=1))


def written(calendar: Calendar) -> bytes:
    """The calendar as a file: CRLF, lines of at most 75 octets."""
    return "".join(f"{folded}\r\n" for line in _lines(calendar) for folded in _folded(line)).encode()


def _lines(calendar: Calendar) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield f"NAME:{_text(calendar.name)}"
    yield f"X-WR-CALNAME:{_text(calendar.name)}"
    yield f"X-WR-TIMEZONE:{calendar.zone}"
    if calendar.description:
        yield f"DESCRIPTION:{_text(calendar.description)}"
    if calendar.source:
        yield f"SOURCE;VALUE=URI:{calendar.source}"
    period = f"PT{int(calendar.refresh.total_seconds() // 60)}M"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{period}"
    yield f"X-PUBLISHED-TTL:{period}"
    yield from timezone_lines(calendar.zone, *_span(calendar.entries))
    zone = ZoneInfo(calendar.zone)
    for entry in calendar.entries:
        yield from _entry_lines(entry, calendar.zone, zone)
    yield "END:VCALENDAR"


def _span(entries: Sequence[Entry]) -> tuple[datetime, datetime]:
    if not entries:
        return datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)
    return min(e.starts_at for e in entries), max(e.ends_at for e in entries)


def _entry_lines(entry: Entry, name: str, zone: ZoneInfo) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_utc(entry.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(entry.changed_at)}"
    yield f"SEQUENCE:{entry.sequence}"
    for key, moment in (("DTSTART", entry.starts_at), ("DTEND", entry.ends_at)):
        yield f"{key}:{_utc(moment)}" if name == "UTC" else f"{key};TZID={name}:{_local(moment, zone)}"
    yield f"SUMMARY:{_text(entry.summary)}"
    for key, value in (("DESCRIPTION", entry.description), ("LOCATION", entry.location)):
        if value:
            yield f"{key}:{_text(value)}"
    if entry.url:
        yield f"URL:{entry.url}"
    if entry.categories:
        yield "CATEGORIES:" + ",".join(_text(category) for category in entry.categories)
    if entry.related_to:
        yield f"RELATED-TO:{_text(entry.related_to)}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if entry.transparent else 'OPAQUE'}"
    yield "END:VEVENT"


def timezone_lines(name: str, first: datetime, last: datetime) -> Iterator[str]:
    """The VTIMEZONE of an IANA zone, with every change of offset from before ``first`` until after ``last``."""
    if name == "UTC":
        return
    zone = ZoneInfo(name)
    # A year each way: a reader that looks for the rule in force needs the onset before the first entry.
    begin = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    end = datetime(last.year + 2, 1, 1, tzinfo=UTC)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    offset, _, label = _at(begin, zone)
    yield from _observance("STANDARD", begin.replace(tzinfo=None) + offset, offset, offset, label)
    for onset in _onsets(begin, end, zone):
        before, _, _ = _at(onset - timedelta(seconds=1), zone)
        after, daylight, label = _at(onset, zone)
        local_onset = onset.replace(tzinfo=None) + before
        yield from _observance("DAYLIGHT" if daylight else "STANDARD", local_onset, before, after, label)
    yield "END:VTIMEZONE"


def _at(moment: datetime, zone: ZoneInfo) -> tuple[timedelta, bool, str]:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), bool(local.dst()), local.tzname() or ""


def _onsets(begin: datetime, end: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments at which the zone's offset changes, to the second."""
    found = []
    step, here = timedelta(days=7), begin
    while here < end:
        if _at(here, zone) != _at(here + step, zone):
            low, high = here, here + step
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if _at(middle, zone) == _at(low, zone) else (low, middle)
            found.append(high)
        here += step
    return found


def _observance(kind: str, onset: datetime, before: timedelta, after: timedelta, label: str) -> Iterable[str]:
    return (
        f"BEGIN:{kind}", f"DTSTART:{onset:%Y%m%dT%H%M%S}", f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}", f"TZNAME:{label}", f"END:{kind}",
    )  # fmt: skip


def _offset(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    tail = f"{seconds % 60:02d}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02d}{seconds // 60 % 60:02d}{tail}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y%m%dT%H%M%S}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cut inside a character."""
    if len(line) * 4 <= 75 or len(line.encode()) <= 75:
        yield line
        return
    start, size, room = 0, 0, 75
    for position, character in enumerate(line):
        width = len(character.encode())
        if size + width > room:
            yield (" " if start else "") + line[start:position]
            start, size, room = position, 0, 74
        size += width
    yield (" " if start else "") + line[start:]
