"""The rules of the grid form as parts of its model."""

from itertools import product

from ortools.sat.python import cp_model

from confsys.programme.solver.claims.facts import Fact, counts
from confsys.programme.solver.claims.meetings import meetings
from confsys.programme.solver.cp.builder import Literal
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.grid.model import GridModel
from confsys.programme.solver.rules import Level


def add_claims(model: GridModel) -> None:
    for facts in model.facts.by_item:
        for fact in facts:
            if not model.removable(fact):
                _add_fact(model, fact)
    for meeting in meetings(model.instance):
        _apart(model, meeting.claim, meeting.points, meeting.one, meeting.other)
    _add_parts(model)
    _add_walking(model)
    _add_track_rooms(model)


def _add_fact(model: GridModel, fact: Fact) -> None:
    """A price on each set of times and rooms that cost the same."""
    fits = model.fits(fact.item)
    rooms = model.rooms_of(fact.item)
    for amount in sorted(set(fact.times[fits].tolist()) - {0}):
        times = (fact.times == amount) & fits
        always = bool((times == fits).all())
        moment: list[Literal] = [] if always else [model.during(fact.item, times)]
        for share in sorted({int(fact.rooms[room]) for room in rooms} - {0}):
            dear = [literal for room, literal in rooms.items() if fact.rooms[room] == share]
            if len(dear) == len(rooms):
                model.breach(fact.claim, amount * share, moment or [model.present[fact.item]])
            else:
                model.breach(fact.claim, amount * share, *([*moment, literal] for literal in dear))


def _apart(model: GridModel, claim: Case, points: int, one: int, other: int) -> None:
    """Price, or forbid, that two items share time."""
    ways = [model.before(one, other), model.before(other, one)]
    absent = [~model.present[one], ~model.present[other]]
    if model.instance.level(claim.rule) is Level.HARD:
        model.model.add_bool_or([*ways, *absent, *(~guard for guard in model.guard(claim))])
    else:
        together = model.boolean()
        model.model.add_bool_or([*ways, *absent, together])
        model.cost(claim.rule, points, together)


def _add_parts(model: GridModel) -> None:
    for item, thing in enumerate(model.instance.items):
        for before in thing.after:
            if counts(model.instance, "parts", before, item):
                late = ~model.before(before, item)
                both = [model.present[before], model.present[item]]
                model.breach(Case("parts", 1, (before, item)), 1, [late, *both])


def _add_walking(model: GridModel) -> None:
    """Two tasks of one person closer in time than their rooms are in space.

    Rooms from which every way takes the same time are treated as one place.
    """
    instance = model.instance
    if not instance.walking:
        return
    groups = _alike(model)
    for one, other in Pairs(instance).needed:
        if not counts(instance, "walking", one, other):
            continue
        people = tuple(sorted(instance.needed[one] & instance.needed[other]))
        hurried = model.boolean()
        _one_first(model, one, other)
        for here, there in product(groups, repeat=2):
            way = instance.walk(here[0], there[0])
            if here is not there and way:
                both = [_within(model, one, here), _within(model, other, there)]
                _ordered(model, (one, other), model.axis.slots(way), [*both, ~hurried])
        model.breach(Case("walking", 1, (one, other), people=people), 1, [hurried])


def _one_first(model: GridModel, one: int, other: int) -> None:
    """Unless two items really share time, one of the literals of their order is true."""
    together = model.boolean()
    ways = [model.before(one, other), model.before(other, one)]
    model.model.add_bool_or([*ways, together, ~model.present[one], ~model.present[other]])
    model.model.add(model.end(one) > model.start[other]).only_enforce_if(together)
    model.model.add(model.end(other) > model.start[one]).only_enforce_if(together)


def _alike(model: GridModel) -> list[list[int]]:
    """Rooms grouped so that the way between two groups is the same for all their rooms."""
    instance = model.instance
    groups: list[list[int]] = []
    for room in range(len(instance.rooms)):
        for group in groups:
            rest = [r for r in range(len(instance.rooms)) if r != room and r not in group]
            inside = all(not instance.walk(room, member) for member in group)
            if inside and all(instance.walk(room, r) == instance.walk(group[0], r) for r in rest):
                group.append(room)
                break
        else:
            groups.append([room])
    return groups


def _within(model: GridModel, item: int, rooms: list[int]) -> Literal:
    """A literal that is true where the item is in one of the rooms."""
    literals = [model.there[item, room] for room in rooms if (item, room) in model.there]
    if len(literals) == 1:
        return literals[0]
    inside = model.boolean()
    model.model.add(cp_model.LinearExpr.sum(literals) == inside)
    return inside


def _ordered(model: GridModel, pair: tuple[int, int], gap: int, when: list[Literal]) -> None:
    """Whoever of the two comes first ends `gap` before the other starts, or they share time."""
    for first, second in (pair, pair[::-1]):
        ahead = model.before(first, second)
        model.model.add(model.end(first) + gap <= model.start[second]).only_enforce_if(ahead, *when)


def _add_track_rooms(model: GridModel) -> None:
    """Rooms a track uses on a day, beyond the first."""
    instance = model.instance
    if instance.level("track_rooms") is Level.OFF:
        return
    for items in instance.items_of_track:
        for day in range(len(instance.sessions)) if len(items) > 1 else ():
            _add_visits(model, items, day)


def _add_visits(model: GridModel, items: tuple[int, ...], day: int) -> None:
    visits = {room: model.boolean() for room in range(len(model.instance.rooms))}
    for item in items:
        for room, there in model.rooms_of(item).items():
            model.model.add_bool_or([~model.day(item, day), ~there, visits[room]])
    first = model.boolean()
    model.model.add_bool_or([*visits.values(), ~first])
    for visited in visits.values():
        model.cost("track_rooms", 1, visited)
    model.cost("track_rooms", -1, first)
