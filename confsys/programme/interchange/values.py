"""Small values that both formats share, read liberally and written strictly."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from confsys.programme.interchange.forms import Unreadable

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}")
_CODE = re.compile(r"[0-9A-Z]{6}")
#: The JSON schema knows zones as Area/City.
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")


def minutes(text: str, where: str) -> int:
    """A duration ``HH:MM``, ``HH:MM:SS`` or ``PT1H30M`` in minutes, rounded up to a whole one."""
    iso = re.fullmatch(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", text.strip())
    if iso and any(iso.groups()):
        days, hours, mins, seconds = (int(part or 0) for part in iso.groups())
        return days * 1440 + hours * 60 + mins + (seconds > 0)
    parts = text.strip().split(":")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
        raise Unreadable("duration", item=where, value=text)
    total = int(parts[0]) * 60 + int(parts[1])
    return total + (len(parts) == 3 and int(parts[2]) > 0)


def moment(text: str, zone: str, where: str) -> datetime:
    """A moment; one without an offset is on the clock of ``zone``."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Unreadable("moment", item=where, value=text) from error
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(known_zone(zone)))


def moment_of_day(day: date, start: str, zone: str, where: str) -> datetime:
    """A start ``HH:MM`` on a day of the schedule: the small hours belong to the night that follows the day."""
    clock = minutes(start, where)
    night = timedelta(days=1) if clock < 4 * 60 else timedelta()
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(known_zone(zone)))
    return midnight + night + timedelta(minutes=clock)


def day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise Unreadable("date", item=where, value=text) from error


def known_zone(name: str) -> str:
    """The zone by that name, or UTC when there is none."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return name


def plain_zone(name: str) -> str:
    """The zone under its Area/City name: US/Eastern is America/New_York. Empty when it has none."""
    name = str(get_global("zone_aliases").get(name, name))
    return name if _ZONE.match(name) else ""


def guid(text: str, *, of: str = "") -> str:
    """A UUID as given, or one made from whatever identity the item has: the same again next time."""
    text = text.strip()
    return text.lower() if _UUID.fullmatch(text) else str(uuid5(NAMESPACE_URL, f"schedule:{of}:{text}"))


def is_guid(text: str) -> bool:
    return bool(_UUID.fullmatch(text))


def guid_number(value: str) -> int:
    """A whole number made from a UUID, small enough for every reader."""
    return UUID(value).int % 1_000_000_000 + 1


def slugged(text: str) -> str:
    """Latin letters, digits and hyphens; what is written otherwise falls away."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def acronym(text: str) -> str:
    """What both schemas take: lower-case letters, digits and underscores, at least four."""
    return slugged(text).replace("-", "_").ljust(4, "_")


def slug(given: str, conference: str, number: int, title: str) -> str:
    """The item's slug as given when it is a valid one, else conference, number and title."""
    if _SLUG.fullmatch(given) and given[-1].isalnum():
        return given
    return f"{conference}-{number:04d}-{slugged(title)[:60]}".rstrip("-_")


def is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text))


def web(url: str, base: str = "") -> str:
    """An absolute web address, or nothing."""
    if url.startswith("/") and base.startswith("http"):
        parts = urlsplit(base)
        url = f"{parts.scheme}://{parts.netloc}{url}"
    return url if url.startswith(("http://", "https://")) and " " not in url else ""


def local(value: datetime, zone: str) -> str:
    """With the offset of the zone, as both schemas want it."""
    return value.astimezone(ZoneInfo(zone) if zone else UTC).isoformat()


def clock(value: datetime, zone: str) -> str:
    return value.astimezone(ZoneInfo(zone) if zone else UTC).strftime("%H:%M")


def duration(value: int) -> str:
    return f"{value // 60:02d}:{value % 60:02d}"
