"""The rules beyond CoSPLib: what a real venue, real people and the organiser's own decisions ask for."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from confsys.programme.solver.data.instance import Break, Place
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.data.times import inside_hours, overlap
from confsys.programme.solver.evaluator.plan import Plan
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.rules import Form

Term = Callable[[Plan, Pairs], Iterator[Case]]


def _placed(plan: Plan, _: Pairs) -> Iterator[Case]:
    for item, place in enumerate(plan.schedule):
        if place is None:
            yield Case("placed", 1, items=(item,))


def _one_track(plan: Plan, _: Pairs) -> Iterator[Case]:
    for (session, room), items in plan.cells.items():
        tracks = sorted({t for i in items if (t := plan.instance.items[i].track) is not None})
        if len(tracks) > 1:
            yield Case("one_track", 1, items=tuple(items), tracks=tuple(tracks), rooms=(room,), sessions=(session,))


def _room_overlap(plan: Plan, _: Pairs) -> Iterator[Case]:
    """Too many items at once in a room, or less than its turnover between two; one case per surplus item."""
    for (session, index), items in plan.cells.items():
        room = plan.instance.rooms[index]
        holds = 1 if plan.instance.form is Form.CELLS else room.holds
        if not holds:
            continue
        turnover = 0 if plan.instance.form is Form.CELLS else room.turnover
        running: list[tuple[int, int]] = []
        for item in items:
            place = plan.schedule[item]
            if place is None:
                continue
            running = [(end, other) for end, other in running if end > place.slot]
            if len(running) >= holds:
                clash = (*(other for _, other in running), item)
                yield Case("room_overlap", 1, items=clash, rooms=(index,), sessions=(session,))
            running.append((place.slot + plan.instance.items[item].slots + turnover, item))


def _pins(plan: Plan, _: Pairs) -> Iterator[Case]:
    for pin in plan.instance.pins:
        items = plan.instance.pinned_items(pin)
        for item in items:
            place = plan.schedule[item]
            if place is None:
                continue
            moved = (
                (pin.sessions is not None and place.session not in pin.sessions)
                or (pin.room is not None and place.room != pin.room)
                or (pin.slot is not None and place.slot != pin.slot)
            )
            if moved:
                yield Case("pins", 1, items=(item,), rooms=(place.room,), sessions=(place.session,))


def _bans(plan: Plan, _: Pairs) -> Iterator[Case]:
    for ban in plan.instance.bans:
        for item in sorted(ban.items):
            place = plan.schedule[item]
            if place is None:
                continue
            if (
                (ban.sessions is None or place.session in ban.sessions)
                and (ban.room is None or place.room == ban.room)
                and (ban.span is None or overlap(plan.spans[item], ban.span))
            ):
                yield Case("bans", 1, items=(item,), rooms=(place.room,), sessions=(place.session,))


def _breaks(plan: Plan, item: int, place: Place) -> Iterator[Break]:
    for pause in plan.instance.breaks:
        if (pause.rooms is None or place.room in pause.rooms) and overlap(plan.spans[item], pause.span):
            yield pause


def _room_closed(plan: Plan, _: Pairs) -> Iterator[Case]:
    for item, place in plan.placed:
        closed = plan.instance.rooms[place.room].closed(plan.spans[item])
        if closed or any(_breaks(plan, item, place)):
            yield Case("room_closed", 1, items=(item,), rooms=(place.room,), sessions=(place.session,))


def _people_clash(plan: Plan, pairs: Pairs) -> Iterator[Case]:
    """In cells, two presenters' tasks are CoSPLib's own term and are not counted a second time here."""
    instance = plan.instance
    for one, other in pairs.needed:
        if not plan.together(one, other):
            continue
        people = instance.needed[one] & instance.needed[other]
        if instance.form is Form.CELLS:
            people -= set(instance.items[one].presenters) & set(instance.items[other].presenters)
        if people:
            yield Case("people_clash", 1, items=(one, other), people=tuple(sorted(people)))


def _people_away(plan: Plan, _: Pairs) -> Iterator[Case]:
    for item, place in plan.placed:
        for person in sorted(plan.instance.present[item]):
            known = plan.instance.people.get(person)
            if known is not None and known.absent(plan.spans[item]):
                yield Case("people_away", 1, items=(item,), people=(person,), sessions=(place.session,))


def _equipment(plan: Plan, _: Pairs) -> Iterator[Case]:
    for item, place in plan.placed:
        missing = plan.instance.items[item].equipment - plan.instance.rooms[place.room].equipment
        if missing:
            yield Case("equipment", len(missing), items=(item,), rooms=(place.room,))


def _seats(plan: Plan, _: Pairs) -> Iterator[Case]:
    for item, place in plan.placed:
        seats = plan.instance.rooms[place.room].seats
        if seats is not None and plan.instance.expected(item) > seats:
            yield Case("seats", plan.instance.expected(item) - seats, items=(item,), rooms=(place.room,))


def _parts(plan: Plan, _: Pairs) -> Iterator[Case]:
    """In cells, parts in one session also share its room."""
    cells = plan.instance.form is Form.CELLS
    for item, place in plan.placed:
        for before in plan.instance.items[item].after:
            earlier = plan.schedule[before]
            if earlier is None:
                continue
            end = earlier.slot + plan.instance.items[before].slots
            if (place.session, place.slot) < (earlier.session, end) or (cells and plan.together(item, before)):
                yield Case("parts", 1, items=(before, item))


def _alone(plan: Plan, _pairs: Pairs) -> Iterator[Case]:
    plenaries = [item for item in plan.spans if plan.instance.items[item].alone]
    for item in plenaries:
        for other in plan.spans:
            counted = plan.instance.items[other].alone and other <= item
            if other != item and not counted and plan.together(item, other):
                yield Case("alone", 1, items=(item, other))


def _walking(plan: Plan, pairs: Pairs) -> Iterator[Case]:
    for one, other in pairs.needed if plan.instance.walking else ():
        here, there = plan.schedule[one], plan.schedule[other]
        if here is None or there is None or plan.together(one, other):
            continue
        if plan.instance.form is Form.GRID and here.session != there.session:
            continue
        first, second = sorted((plan.spans[one], plan.spans[other]))
        gap = second[0] - first[1]
        if 0 <= gap < plan.instance.walk(here.room, there.room):
            people = tuple(sorted(plan.instance.needed[one] & plan.instance.needed[other]))
            yield Case("walking", 1, items=(one, other), people=people, rooms=(here.room, there.room))


def _overlapping(plan: Plan) -> Iterator[tuple[int, int]]:
    """Pairs of placed items that share time on the grid."""
    by_day: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for item, place in plan.placed:
        by_day[place.session].append((place.slot, place.slot + plan.instance.items[item].slots, item))
    for rows in by_day.values():
        running: list[tuple[int, int]] = []
        for start, end, item in sorted(rows):
            running = [(other_end, other) for other_end, other in running if other_end > start]
            for _, other in running:
                yield min(item, other), max(item, other)
            running.append((end, item))


def _track_parallel(plan: Plan, _: Pairs) -> Iterator[Case]:
    items = plan.instance.items
    for one, other in _overlapping(plan):
        track = items[one].track
        if track is not None and track == items[other].track:
            yield Case("track_parallel", 1, items=(one, other), tracks=(track,))


def _similar_parallel(plan: Plan, _: Pairs) -> Iterator[Case]:
    items, similar = plan.instance.items, plan.instance.similar
    for one, other in _overlapping(plan) if similar else ():
        tracks = items[one].track, items[other].track
        if tracks[0] is not None and tracks[1] is not None:
            low, high = sorted((tracks[0], tracks[1]))
            if points := similar.get((low, high), 0):
                yield Case("similar_parallel", points, items=(one, other), tracks=(low, high))


def _attendee_clash(plan: Plan, pairs: Pairs) -> Iterator[Case]:
    for pair in _overlapping(plan) if pairs.audience else ():
        if people := pairs.audience.get(pair, 0):
            yield Case("attendee_clash", people, items=pair)


def _track_rooms(plan: Plan, _: Pairs) -> Iterator[Case]:
    """Rooms a track uses on one day beyond the first."""
    rooms: dict[tuple[int, int], set[int]] = defaultdict(set)
    for item, place in plan.placed:
        track = plan.instance.items[item].track
        if track is not None:
            rooms[track, place.session].add(place.room)
    for (track, day), used in sorted(rooms.items()):
        if len(used) > 1:
            yield Case("track_rooms", len(used) - 1, tracks=(track,), rooms=tuple(sorted(used)), sessions=(day,))


def _wishes(plan: Plan, _: Pairs) -> Iterator[Case]:
    instance = plan.instance
    for item, place in plan.placed:
        thing = instance.items[item]
        points = thing.session_penalty.get(place.session, 0) + thing.room_penalty.get(place.room, 0)
        points += instance.session_room_penalty.get((place.session, place.room), 0)
        if thing.track is not None:
            points += instance.track_session_penalty.get((thing.track, place.session), 0)
            points += instance.track_room_penalty.get((thing.track, place.room), 0)
        if points:
            yield Case("wishes", points, items=(item,), rooms=(place.room,), sessions=(place.session,))


def _remote_hours(plan: Plan, _: Pairs) -> Iterator[Case]:
    for item, place in plan.placed:
        for person in dict.fromkeys(plan.instance.items[item].presenters):
            known = plan.instance.people.get(person)
            if known is None or known.zone is None:
                continue
            if not inside_hours(plan.spans[item], known.hours, known.zone):
                yield Case("remote_hours", 1, items=(item,), people=(person,), sessions=(place.session,))


TERMS: dict[str, Term] = {
    "placed": _placed,
    "one_track": _one_track,
    "room_overlap": _room_overlap,
    "pins": _pins,
    "bans": _bans,
    "room_closed": _room_closed,
    "people_clash": _people_clash,
    "people_away": _people_away,
    "equipment": _equipment,
    "parts": _parts,
    "alone": _alone,
    "seats": _seats,
    "walking": _walking,
    "track_parallel": _track_parallel,
    "attendee_clash": _attendee_clash,
    "similar_parallel": _similar_parallel,
    "track_rooms": _track_rooms,
    "wishes": _wishes,
    "remote_hours": _remote_hours,
}
