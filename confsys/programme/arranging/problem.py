"""The engine's instance of a scene: days on a grid, sessions as items, and what holds between them.

What may move becomes an item; what stays becomes an item pinned to its place, so that the engine sees whom and which
track it concerns. A break, and what is for everybody, closes rooms instead. Names are those of one language, because
the engine's sentences use them; positions in its lists are the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from confsys.core.localized import LocalizedText
from confsys.programme import days
from confsys.programme.arranging.scene import Bound, Hall, Moments, Place, Scene, Thing
from confsys.programme.arranging.wishes import Wishes
from confsys.programme.states import ClashKind, SessionKind, Severity

GRID = days.GRID_MINUTES
#: Strong points of an item without a place: more than anything that could be gained by leaving it out.
UNPLACED = 1000
#: A day ends at the latest here, so that it stays shorter than 24 hours.
LATEST = days.DAY_MINUTES + days.DAY_BEGINS - GRID
_STANDING = frozenset({SessionKind.BREAK, SessionKind.SOCIAL})
#: Which rule of the engine answers to which kind of clash, where the event's severities decide its level.
_LEVELS = {
    "alone": ClashKind.PLENARY, "equipment": ClashKind.EQUIPMENT, "people_away": ClashKind.AWAY,
    "people_clash": ClashKind.PERSON, "parts": ClashKind.ORDER, "room_closed": ClashKind.ROOM_CLOSED,
}  # fmt: skip
#: What a mending is for, however mildly it is judged.
_BROKEN = frozenset({ClashKind.AWAY, ClashKind.ROOM_CLOSED})


@dataclass(frozen=True)
class Problem:
    """``mending``: everything that has a place may move, at a price; hours and days are those in use."""

    scene: Scene
    wishes: Wishes
    mending: bool = False

    @cached_property
    def moving(self) -> tuple[Thing, ...]:
        """What the engine may move."""
        return tuple(thing for thing in self.scene.things if self._moves(thing))

    def _moves(self, thing: Thing) -> bool:
        if thing.pinned or not self.fits_somewhere(thing):
            return False
        if thing.place is not None and thing.place.room is None:
            return False
        if self.mending and thing.place is not None and self._broken(thing, thing.place):
            return thing not in self.pointless
        if thing.kind in _STANDING:
            return False
        if self.mending:
            return thing.place is not None and not self._beside(thing)
        if self.wishes.tracks and thing.track not in self.wishes.tracks:
            return False
        if thing.place is None:
            return thing.kind in self.wishes.kinds
        return thing.kind in self.wishes.kinds and not self.wishes.waiting_only and self._on(thing.place) in self.days

    def _beside(self, thing: Thing) -> bool:
        """It stands where a break or something for everybody runs: somebody wanted it so."""
        return any(
            other.place.room in (None, thing.place.room) and _overlap(other.place, thing.place)
            for other in self._placed
            if other.key != thing.key and other.place is not None and thing.place is not None
            and (other.kind in _STANDING or other.place.room is None)
        )  # fmt: skip

    def _broken(self, thing: Thing, place: Place) -> bool:
        """Its room is closed then, or somebody it needs is not there at the minutes they are needed."""
        hall = next((hall for hall in self.scene.halls if hall.id == place.room), None)
        span = (place.start, place.end)
        if hall is not None and (_shut(hall, span) or any(_cross(span, lost) for lost in hall.lost)):
            return True
        return any(bound.firmly and self._misses(bound, place) for bound in thing.people)

    def _misses(self, bound: Bound, place: Place) -> bool:
        return any(_cross(_part(place, bound), gone) for gone in self.scene.people[bound.who].away)

    @cached_property
    def pointless(self) -> tuple[Thing, ...]:
        """Breaks in a room that is lost, where the same pause is held elsewhere too: they go, nobody looks for them."""
        if not self.mending:
            return ()
        pauses = [(t, t.place) for t in self._placed if t.kind is SessionKind.BREAK and t.place is not None]
        broken = {t.key for t, place in pauses if place.room is not None and self._broken(t, place)}
        return tuple(
            thing for thing, place in pauses
            if thing.key in broken and not thing.pinned
            and any(other.key not in broken and _overlap(place, there) for other, there in pauses)
        )  # fmt: skip

    @cached_property
    def _tolerated(self) -> frozenset[tuple[str, str]]:
        """(key, who) where somebody is needed in two sessions at once, but never at the same minute, or away during a
        session, but not when they are needed: the engine, which keeps people free for whole sessions, would move one of
        them without need."""
        if not self.mending:
            return frozenset()
        held: dict[str, list[tuple[Thing, Bound]]] = {}
        found = set()
        for thing in self._placed:
            for bound in thing.people:
                held.setdefault(bound.who, []).append((thing, bound))
                if thing.place is not None and not self._misses(bound, thing.place):
                    whole = replace(bound, since=0, until=thing.place.minutes)
                    found |= {(thing.key, bound.who)} if self._misses(whole, thing.place) else set()
        for who, parts in held.items():
            for (one, a), (other, b) in combinations(parts, 2):
                assert one.place is not None  # noqa: S101  these have places
                assert other.place is not None  # noqa: S101
                if (
                    one.key != other.key
                    and _overlap(one.place, other.place)
                    and not _meet(one.place, a, other.place, b)
                ):
                    found |= {(one.key, who), (other.key, who)}
        return frozenset(found)

    def fits_somewhere(self, thing: Thing) -> bool:
        """A session longer than every day is left alone."""
        return thing.minutes <= max((until - since for since, until in self.hours.values()), default=0)

    @cached_property
    def standing(self) -> tuple[Thing, ...]:
        """What keeps its place and is an item nevertheless."""
        moving = {thing.key for thing in self.moving}
        return tuple(
            thing for thing in self._placed
            if thing.key not in moving and thing.kind not in _STANDING and thing.place is not None
            and thing.place.room is not None and not self._off_grid(thing.place)
        )  # fmt: skip

    @cached_property
    def items(self) -> tuple[Thing, ...]:
        return (*self.moving, *self.standing)

    @cached_property
    def _closing(self) -> tuple[Thing, ...]:
        """What only takes room and people away from the others."""
        items = {thing.key for thing in (*self.items, *self.pointless)}
        return tuple(thing for thing in self._placed if thing.key not in items)

    @cached_property
    def days(self) -> tuple[date, ...]:
        if self.mending or not self.wishes.days:
            return self.scene.days
        return tuple(day for day in self.scene.days if day in self.wishes.days)

    @cached_property
    def _placed(self) -> tuple[Thing, ...]:
        """What stands on the days in question."""
        return tuple(t for t in self.scene.things if t.place is not None and self._on(t.place) in self.days)

    def _on(self, place: Place) -> date:
        return days.day_of(place.start, self.scene.zone)

    @cached_property
    def grid(self) -> int:
        """Five minutes; one where something that is to be mended stands between them."""
        odd = any(t.place and days.minute_of(t.place.start, self.scene.zone) % GRID for t in self._placed)
        return 1 if odd and self.mending else GRID

    def _off_grid(self, place: Place) -> bool:
        return bool(days.minute_of(place.start, self.scene.zone) % self.grid)

    @cached_property
    def hours(self) -> dict[date, tuple[int, int]]:
        """From and until which minute each day may be used: as wished, and as far as what stands there reaches."""
        found = {}
        for day in self.days:
            used = [
                (days.minute_of(t.place.start, self.scene.zone), t.minutes)
                for t in self._placed
                if t.place is not None and self._on(t.place) == day
                and (t.kind is not SessionKind.SOCIAL or (self.mending and self._broken(t, t.place)))
                and (self.mending or t.pinned or t.kind not in self.wishes.kinds)
            ]  # fmt: skip
            first = min([self.wishes.opens, *(start for start, _ in used)]) // GRID * GRID
            last = max([self.wishes.closes, *(start + minutes for start, minutes in used)])
            found[day] = (first, min(-(-last // GRID) * GRID, LATEST, first + days.DAY_MINUTES - GRID))
        return found

    def instance(self, locale: str) -> dict[str, Any]:
        """The instance in the engine's form, with the names of one language."""
        return {
            "format": "confsched-1", "name": self.scene.name.in_(locale) or "timetable", "zone": self.scene.zone,
            "grid_minutes": self.grid, "days": [self._day(day) for day in self.days],
            "rooms": list(self._rooms(locale)),
            "tracks": [{"id": name} for name in _distinct(self.scene.tracks, locale).values()],
            "submissions": [self._item(thing, locale) for thing in self.items], "people": list(self._people(locale)),
            "breaks": list(self._breaks(locale)), "pins": list(self._pins(locale)), "levels": self.levels,
            "weights": {"placed": UNPLACED}, "walking": list(self._walking(locale)),
        }  # fmt: skip

    @cached_property
    def levels(self) -> dict[str, str]:
        """Hard is what the event cares for at all. When mending, what it would merely tell is no reason to move, but
        what has to move keeps clear of it where it can."""
        found = dict(self.wishes.levels)
        for rule, kind in _LEVELS.items():
            severity = self.scene.severities.get(kind, Severity.WARN)
            lenient = self.mending and kind not in _BROKEN and severity is Severity.WARN
            found[rule] = "off" if severity is Severity.IGNORE else "strong" if lenient else "hard"
        walk = self.scene.severities.get(ClashKind.WALK, Severity.WARN)
        found["walking"] = "off" if walk is Severity.IGNORE else "strong" if walk is Severity.WARN else "hard"
        found["placed"] = "strong" if self.wishes.leave_out or self.mending else "hard"
        return found

    def _day(self, day: date) -> dict[str, Any]:
        first, last = self.hours[day]
        return {"date": day.isoformat(), "start": _clock(first), "end": _clock(last)}

    def room_names(self, locale: str) -> dict[int, str]:
        return _distinct({hall.id: hall.name for hall in self.scene.halls}, locale)

    def _rooms(self, locale: str) -> Iterator[dict[str, Any]]:
        names = self.room_names(locale)
        for hall in self.scene.halls:
            room: dict[str, Any] = {"id": names[hall.id], "equipment": sorted(hall.equipment)}
            if hall.seats is not None:
                room["seats"] = hall.seats
            if hall.holds_several:
                room["holds"] = 0
            if hall.open:
                room["open"] = [self._span(span) for span in hall.open]
            yield room

    def _item(self, thing: Thing, locale: str) -> dict[str, Any]:
        needed = {b.who for b in thing.people if b.firmly and (thing.key, b.who) not in self._tolerated}
        item: dict[str, Any] = {
            "id": thing.key, "title": thing.title.in_(locale) or thing.key, "minutes": thing.minutes,
            "presenters": sorted(needed),
            "attendees": sorted({bound.who for bound in thing.people} - needed),
            "equipment": sorted(thing.equipment & self._known_equipment),
        }  # fmt: skip
        if thing.track is not None and thing.track in self.scene.tracks:
            item["track"] = _distinct(self.scene.tracks, locale)[thing.track]
        if thing.audience:
            item["expected"] = thing.audience
        if thing.kind is SessionKind.KEYNOTE:
            item["alone"] = True
        if thing.after is not None and any(other.key == thing.after for other in self.items):
            item["after"] = [thing.after]
        return item

    @cached_property
    def _known_equipment(self) -> frozenset[str]:
        """What no room has cannot be found by moving."""
        return frozenset(word for hall in self.scene.halls for word in hall.equipment)

    def _walking(self, locale: str) -> Iterator[list[Any]]:
        """The way between every two rooms in different buildings."""
        names = self.room_names(locale)
        for one, other in combinations(self.scene.halls, 2):
            pair = (min(one.venue, other.venue), max(one.venue, other.venue))
            if one.venue != other.venue and (minutes := self.scene.walking.get(pair)):
                yield [names[one.id], names[other.id], minutes]

    def _people(self, locale: str) -> Iterator[dict[str, Any]]:
        bound: dict[str, list[list[str]]] = {}
        for thing in self._closing:
            for part in thing.people:
                if part.firmly and thing.place is not None:
                    since = thing.place.start + timedelta(minutes=part.since)
                    until = thing.place.start + timedelta(minutes=part.until)
                    bound.setdefault(part.who, []).append(self._span((since, until)))
        needed = {part.who for thing in self.items for part in thing.people}
        for who in sorted(needed):
            human = self.scene.people[who]
            person: dict[str, Any] = {"id": who, "name": human.name.shown(locale)}
            away = [self._span(span) for span in human.away] + bound.get(who, [])
            if away:
                person["away"] = away
            if human.zone:
                person["remote_zone"] = human.zone
            yield person

    def _breaks(self, locale: str) -> Iterator[dict[str, Any]]:
        names = self.room_names(locale)
        several = {hall.id for hall in self.scene.halls if hall.holds_several}
        for thing in self._closing:
            place = thing.place
            if place is None or place.room in several:
                continue
            span = self._span((place.start, place.end))
            row: dict[str, Any] = {"id": thing.key, "from": span[0], "to": span[1]}
            if place.room is not None:
                row["rooms"] = [names[place.room]]
            yield row
        for hall in self.scene.halls:
            for number, lost in enumerate(hall.lost):
                span = self._span(lost)
                yield {"id": f"lost {hall.id}-{number}", "from": span[0], "to": span[1], "rooms": [names[hall.id]]}

    def _pins(self, locale: str) -> Iterator[dict[str, Any]]:
        names = self.room_names(locale)
        for thing in self.standing:
            assert thing.place is not None  # noqa: S101  standing means having a place
            assert thing.place.room is not None  # noqa: S101
            yield {"submission": thing.key, "start": self._moment(thing.place.start), "room": names[thing.place.room]}
        for thing in self.moving:
            if thing.kind in _STANDING and thing.place is not None:  # a pause or a dinner changes rooms, not hours
                yield {"submission": thing.key, "start": self._moment(thing.place.start)}

    def start(self, locale: str) -> dict[str, Any]:
        """The present timetable as a solution to begin from."""
        names = self.room_names(locale)
        return {
            "format": "confsched-solution-1",
            "items": [
                {"id": thing.key, "room": names[thing.place.room], "start": self._moment(thing.place.start)}
                for thing in self.items
                if thing.place is not None and thing.place.room is not None and thing.place.room in names
            ],
        }

    def with_places(self, places: Mapping[str, Place | None]) -> dict[str, Any]:
        """Other places as a solution."""
        names = self.room_names("en")
        return {
            "format": "confsched-solution-1",
            "items": [
                {"id": thing.key, "room": names[place.room], "start": self._moment(place.start)}
                for thing in self.items
                if (place := places.get(thing.key)) is not None and place.room is not None
            ],
        }

    def _span(self, span: Moments) -> list[str]:
        return [self._moment(span[0]), self._moment(span[1])]

    def _moment(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self.scene.zone)).isoformat(timespec="minutes")


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _meet(one: Place, a: Bound, other: Place, b: Bound) -> bool:
    """Whether somebody would have to be in two places at the same minute."""
    return _cross(_part(one, a), _part(other, b))


def _part(place: Place, bound: Bound) -> Moments:
    """When somebody is needed."""
    return place.start + timedelta(minutes=bound.since), place.start + timedelta(minutes=bound.until)


def _cross(one: Moments, other: Moments) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _shut(hall: Hall, span: Moments) -> bool:
    return bool(hall.open) and not any(since <= span[0] and span[1] <= until for since, until in hall.open)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _distinct(names: Mapping[int, LocalizedText], locale: str) -> dict[int, str]:
    """Names in one language, a number added where two are the same."""
    found: dict[int, str] = {}
    for number, name in names.items():
        text = name.in_(locale) or f"#{number}"
        found[number] = text if text not in found.values() else f"{text} #{number}"
    return found
