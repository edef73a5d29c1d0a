"""The sixteen terms of the CoSPLib objective, counted as its publishers' checker counts them.

Source: Pylyavskyy, Jacko, Kheiri, EJOR 317(2) 2024, doi 10.1016/j.ejor.2024.04.001, and the checker of
CoSPLib 1.0.2. Submission penalties count once per occupied slot; the ranks of a track
run over session, room, slot.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from confsys.programme.solver.data.instance import Instance
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.evaluator.plan import Plan
from confsys.programme.solver.evaluator.report import Case

Term = Callable[[Plan, Pairs], Iterator[Case]]


def _tracks_sessions(plan: Plan, _: Pairs) -> Iterator[Case]:
    table = plan.instance.track_session_penalty
    for session, cells in plan.tracks_of_session.items():
        for room, track in cells:
            if points := table.get((track, session), 0):
                yield Case("tracks_sessions", points, tracks=(track,), rooms=(room,), sessions=(session,))


def _tracks_rooms(plan: Plan, _: Pairs) -> Iterator[Case]:
    table = plan.instance.track_room_penalty
    for session, cells in plan.tracks_of_session.items():
        for room, track in cells:
            if points := table.get((track, room), 0):
                yield Case("tracks_rooms", points, tracks=(track,), rooms=(room,), sessions=(session,))


def _sessions_rooms(plan: Plan, _: Pairs) -> Iterator[Case]:
    for session, cells in plan.tracks_of_session.items():
        for room, track in cells:
            if points := plan.instance.session_room_penalty.get((session, room), 0):
                yield Case("sessions_rooms", points, tracks=(track,), rooms=(room,), sessions=(session,))


def _similar_tracks(plan: Plan, _: Pairs) -> Iterator[Case]:
    for session, cells in plan.tracks_of_session.items():
        for (room, one), (other_room, other) in combinations(cells, 2):
            points = plan.instance.similar.get((min(one, other), max(one, other)), 0)
            if one != other and points:
                rooms = room, other_room
                yield Case("similar_tracks", points, tracks=(one, other), rooms=rooms, sessions=(session,))


def _rooms_per_track(plan: Plan, _: Pairs) -> Iterator[Case]:
    for track, cells in plan.cells_of_track.items():
        rooms = sorted({room for _, room in cells})
        if len(rooms) > 1:
            yield Case("rooms_per_track", len(rooms) - 1, tracks=(track,), rooms=tuple(rooms))


def _parallel_tracks(plan: Plan, _: Pairs) -> Iterator[Case]:
    for session, cells in plan.tracks_of_session.items():
        for track, number in Counter(track for _, track in cells).items():
            if number > 1:
                rooms = tuple(room for room, other in cells if other == track)
                yield Case("parallel_tracks", number - 1, tracks=(track,), rooms=rooms, sessions=(session,))


def _consecutive_tracks(plan: Plan, _: Pairs) -> Iterator[Case]:
    for track, cells in plan.cells_of_track.items():
        sessions = sorted({session for session, _ in cells})
        if any(after - before > 1 for before, after in pairwise(sessions)):
            yield Case("consecutive_tracks", 1, tracks=(track,), sessions=tuple(sessions))


def _submissions(rule: str) -> Term:
    def term(plan: Plan, _: Pairs) -> Iterator[Case]:
        for item, place in plan.placed:
            thing = plan.instance.items[item]
            if rule == "submissions_rooms":
                points = thing.room_penalty.get(place.room, 0)
            elif rule == "submissions_sessions":
                points = thing.session_penalty.get(place.session, 0)
            else:
                points = thing.timezone_penalty.get(place.session, 0)
            if points:
                yield Case(rule, points * thing.slots, items=(item,), rooms=(place.room,), sessions=(place.session,))

    return term


def _submissions_order(plan: Plan, _pairs: Pairs) -> Iterator[Case]:
    items = plan.instance.items
    for track, cells in plan.cells_of_track.items():
        sequence = [item for cell in cells for item in plan.cells[cell]]
        for rank, item in enumerate(sequence, start=1):
            if items[item].order not in (0, rank):
                yield Case("submissions_order", 1, items=(item,), tracks=(track,))
    at_slot: dict[tuple[int | None, int, int], list[int]] = defaultdict(list)
    for item, place in plan.placed:
        if items[item].order:
            for slot in range(place.slot, place.slot + items[item].slots):
                at_slot[items[item].track, place.session, slot].append(item)
    for (_, session, _), together in at_slot.items():
        for pair in combinations(together, 2):
            yield Case("submissions_order", 1, items=pair, sessions=(session,))


def _session_pairs(rule: str) -> Term:
    def term(plan: Plan, pairs: Pairs) -> Iterator[Case]:
        for one, other in pairs.presenter if rule.startswith("presenter") else pairs.attendee:
            if plan.together(one, other):
                yield _pair_case(plan.instance, rule, one, other, plan)

    return term


def _slot_pairs(rule: str) -> Term:
    def term(plan: Plan, pairs: Pairs) -> Iterator[Case]:
        for one, other in pairs.presenter if rule.startswith("presenter") else pairs.attendee:
            here, there = plan.schedule[one], plan.schedule[other]
            if here is None or there is None or not plan.together(one, other):
                continue
            ends = (here.slot + plan.instance.items[one].slots, there.slot + plan.instance.items[other].slots)
            common = min(ends) - max(here.slot, there.slot)
            if common > 0:
                yield _pair_case(plan.instance, rule, one, other, plan, common)

    return term


def _pair_case(instance: Instance, rule: str, one: int, other: int, plan: Plan, amount: int = 1) -> Case:
    place, beside = plan.schedule[one], plan.schedule[other]
    people = instance.present[one] & instance.present[other]
    rooms = tuple(p.room for p in (place, beside) if p is not None)
    sessions = (place.session,) if place is not None else ()
    return Case(rule, amount, (one, other), people=tuple(sorted(people)), rooms=rooms, sessions=sessions)


def _chair_conflicts(plan: Plan, _: Pairs) -> Iterator[Case]:
    tracks = plan.instance.tracks
    for session, cells in plan.tracks_of_session.items():
        for (room, one), (other_room, other) in combinations(cells, 2):
            people = set(tracks[one].chairs) & set(tracks[other].chairs)
            if one != other and people:
                yield Case(
                    "chair_conflicts",
                    1,
                    tracks=(one, other),
                    people=tuple(sorted(people)),
                    rooms=(room, other_room),
                    sessions=(session,),
                )


TERMS: dict[str, Term] = {
    "tracks_sessions": _tracks_sessions,
    "tracks_rooms": _tracks_rooms,
    "sessions_rooms": _sessions_rooms,
    "similar_tracks": _similar_tracks,
    "rooms_per_track": _rooms_per_track,
    "parallel_tracks": _parallel_tracks,
    "consecutive_tracks": _consecutive_tracks,
    "submissions_timezones": _submissions("submissions_timezones"),
    "submissions_order": _submissions_order,
    "submissions_sessions": _submissions("submissions_sessions"),
    "submissions_rooms": _submissions("submissions_rooms"),
    "presenter_conflicts_session": _session_pairs("presenter_conflicts_session"),
    "attendee_conflicts_session": _session_pairs("attendee_conflicts_session"),
    "chair_conflicts": _chair_conflicts,
    "presenter_conflicts_slot": _slot_pairs("presenter_conflicts_slot"),
    "attendee_conflicts_slot": _slot_pairs("attendee_conflicts_slot"),
}
