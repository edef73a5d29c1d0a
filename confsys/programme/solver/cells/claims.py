"""The rules that speak of single items and pairs of items, as parts of the cells model."""

from itertools import product

from ortools.sat.python import cp_model

from confsys.programme.solver.cells.model import CellModel
from confsys.programme.solver.claims.facts import Fact, counts
from confsys.programme.solver.claims.meetings import Meeting, meetings
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.evaluator.report import Case

Both = list[cp_model.IntVar]


def add_claims(model: CellModel) -> None:
    for facts in model.facts.by_item:
        for fact in facts:
            _add_fact(model, fact)
    for meeting in meetings(model.instance):
        _add_meeting(model, meeting)
    _add_parts(model)
    if model.with_rooms:
        _add_walking(model)


def _add_fact(model: CellModel, fact: Fact) -> None:
    """Where the room does not matter, a price on the session; else on session and room together."""
    flat = (fact.rooms == fact.rooms[0]).all()
    by_points: dict[int, list[Both]] = {}
    track = model.instance.items[fact.item].track
    for session in range(model.sessions):
        if not fact.times[session]:
            continue
        if flat:
            points = int(fact.times[session] * fact.rooms[0])
            by_points.setdefault(points, []).extend([put] for put in model.puts(fact.item, session))
            continue
        for copy, room in product(range(model.copies[track or 0]), range(model.rooms)):
            put = model.put.get((fact.item, session, copy))
            where = model.where.get((track or 0, session, copy, room))
            if put is not None and where is not None and fact.rooms[room]:
                points = int(fact.times[session] * fact.rooms[room])
                by_points.setdefault(points, []).append([put, where])
    for points, places in by_points.items():
        if flat:
            for place in places:
                model.breach(fact.claim, points, place)
        else:
            model.breach(fact.claim, points, *places)


def _add_meeting(model: CellModel, meeting: Meeting) -> None:
    clashes = [
        [here, there]
        for session in range(model.sessions)
        for here, there in _apart(model, meeting.one, meeting.other, session)
    ]
    model.breach(meeting.claim, meeting.points, *clashes)


def _apart(model: CellModel, one: int, other: int, session: int) -> list[tuple[cp_model.IntVar, cp_model.IntVar]]:
    """Ways for two items to be in different cells of one session."""
    items = model.instance.items
    same_track = items[one].track == items[other].track
    return [
        (here, there)
        for c, here in enumerate(model.puts(one, session))
        for d, there in enumerate(model.puts(other, session))
        if not (same_track and c == d)
    ]


def _add_parts(model: CellModel) -> None:
    """A later part is not in an earlier session, nor beside the former part in another room."""
    for item, thing in enumerate(model.instance.items):
        for before in thing.after:
            if not counts(model.instance, "parts", before, item):
                continue
            wrong: list[Both] = []
            for late, early in product(range(model.sessions), repeat=2):
                if late < early:
                    pairs = product(model.puts(item, late), model.puts(before, early))
                    wrong += [[here, there] for here, there in pairs]
            for session in range(model.sessions):
                wrong += [[here, there] for here, there in _apart(model, item, before, session)]
            model.breach(Case("parts", 1, (before, item)), 1, *wrong)


def _add_walking(model: CellModel) -> None:
    """Two tasks of one person in sessions that follow faster than the way between their rooms."""
    instance = model.instance
    if not instance.walking:
        return
    for one, other in Pairs(instance).needed:
        if not counts(instance, "walking", one, other):
            continue
        people = tuple(sorted(instance.needed[one] & instance.needed[other]))
        hurried = [
            way
            for s, e in product(range(model.sessions), repeat=2)
            if s != e and (gap := _gap(model, s, e)) is not None
            for way in _hurried(model, (one, s), (other, e), gap)
        ]
        model.breach(Case("walking", 1, (one, other), people=people), 1, *hurried)


def _gap(model: CellModel, one: int, other: int) -> int | None:
    """Minutes between two sessions; None where they overlap, as the dummy dates of old instances do."""
    first, second = sorted((model.instance.sessions[s].start, model.instance.sessions[s].end) for s in (one, other))
    return second[0] - first[1] if second[0] >= first[1] else None


def _hurried(model: CellModel, one: tuple[int, int], other: tuple[int, int], gap: int) -> list[Both]:
    ways = []
    items = model.instance.items
    tracks = items[one[0]].track or 0, items[other[0]].track or 0
    rooms = [(r, q) for r, q in product(range(model.rooms), repeat=2) if model.instance.walk(r, q) > gap]
    for c, d in product(range(model.copies[tracks[0]]), range(model.copies[tracks[1]])) if rooms else ():
        here, there = model.put.get((*one, c)), model.put.get((*other, d))
        if here is None or there is None:
            continue
        for r, q in rooms:
            ways.append([here, there, model.where[tracks[0], one[1], c, r], model.where[tracks[1], other[1], d, q]])
    return ways
