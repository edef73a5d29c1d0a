"""The CoSPLib terms that speak of whole cells and tracks, as parts of the model."""

from collections import defaultdict
from itertools import combinations, product

from ortools.sat.python import cp_model

from confsys.programme.solver.cells.model import CellModel
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.rules import Level


def add_terms(model: CellModel) -> None:
    _track_sessions(model)
    _pairs_of_tracks(model)
    _parallel(model)
    _gaps(model)
    _order(model)
    if model.with_rooms:
        _room_penalties(model)
        _rooms_per_track(model)
    else:
        _room_penalties_at_least(model)
        _rooms_per_track_at_least(model)


def _track_sessions(model: CellModel) -> None:
    for (track, session, _), used in model.used.items():
        points = model.instance.track_session_penalty.get((track, session), 0)
        if points:
            claim = Case("tracks_sessions", 1, tracks=(track,), sessions=(session,))
            model.breach(claim, points, [used])


def _room_penalties(model: CellModel) -> None:
    instance = model.instance
    for (track, session, _, room), literal in model.where.items():
        if points := instance.track_room_penalty.get((track, room), 0):
            model.breach(Case("tracks_rooms", 1, tracks=(track,), rooms=(room,)), points, [literal])
        if points := instance.session_room_penalty.get((session, room), 0):
            model.breach(Case("sessions_rooms", 1, sessions=(session,), rooms=(room,)), points, [literal])


def _room_penalties_at_least(model: CellModel) -> None:
    """Without rooms: each cell costs its track's best room, and a session's n cells its n best rooms."""
    instance = model.instance
    if instance.level("tracks_rooms") in (Level.STRONG, Level.NICE):
        for (track, _, _), used in model.used.items():
            least = min(instance.track_room_penalty.get((track, r), 0) for r in range(model.rooms))
            model.cost("tracks_rooms", least, used)
    by_session: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (_, session, _), used in model.used.items():
        by_session[session].append(used)
    for session, cells in by_session.items():
        prices = [instance.session_room_penalty.get((session, r), 0) for r in range(model.rooms)]
        steps = [(price, model.boolean()) for price in sorted(prices) if price]
        if steps:
            free = model.rooms - len(steps)
            model.model.add(sum(cells) <= free + sum(step for _, step in steps))
            claim = Case("sessions_rooms", 1, sessions=(session,))
            for price, step in steps:
                model.breach(claim, price, [step])


def _rooms_per_track(model: CellModel) -> None:
    if model.instance.level("rooms_per_track") is Level.OFF:
        return
    visits = {(track, room): model.boolean() for track in model.copies for room in range(model.rooms)}
    for (track, _, _, room), literal in model.where.items():
        model.model.add_implication(literal, visits[track, room])
    for track in model.copies:
        rooms = [visits[track, room] for room in range(model.rooms)]
        model.model.add_bool_or(rooms)
        model.cost("rooms_per_track", 1, cp_model.LinearExpr.sum(rooms))
        model.credit("rooms_per_track", 1)


def _rooms_per_track_at_least(model: CellModel) -> None:
    """Without rooms: a track that runs c times at once needs c rooms."""
    if model.instance.level("rooms_per_track") is Level.OFF:
        return
    for track, copies in model.copies.items():
        for copy in range(1, copies):
            beside = [used for (t, _, c), used in model.used.items() if (t, c) == (track, copy)]
            needs = model.boolean()
            for used in beside:
                model.model.add_implication(used, needs)
            model.cost("rooms_per_track", 1, needs)


def _pairs_of_tracks(model: CellModel) -> None:
    """Similar tracks and chairs of two tracks, once per pair of cells in a session."""
    instance = model.instance
    claims: list[tuple[Case, int]] = [
        (Case("similar_tracks", 1, tracks=pair), points) for pair, points in instance.similar.items() if points
    ]
    for one, other in combinations(model.copies, 2):
        people = set(instance.tracks[one].chairs) & set(instance.tracks[other].chairs)
        if people:
            claim = Case("chair_conflicts", 1, tracks=(one, other), people=tuple(sorted(people)))
            claims.append((claim, 1))
    for claim, points in claims:
        one, other = claim.tracks
        copies = product(range(model.copies.get(one, 0)), range(model.copies.get(other, 0)))
        for session, (c, d) in product(range(model.sessions), copies):
            here, there = model.used.get((one, session, c)), model.used.get((other, session, d))
            if here is not None and there is not None:
                model.breach(claim, points, [here, there])


def _parallel(model: CellModel) -> None:
    for (_, _, copy), used in model.used.items():
        if copy:
            model.cost("parallel_tracks", 1, used)


def _gaps(model: CellModel) -> None:
    """A track has a gap where it runs, pauses and runs again; pauses over night do not count as such."""
    if model.instance.level("consecutive_tracks") is Level.OFF:
        return
    for track in model.copies:
        runs = [model.used.get((track, session, 0)) for session in range(model.sessions)]
        claim = Case("consecutive_tracks", 1, tracks=(track,))
        gaps = []
        for a, b, c in combinations(range(model.sessions), 3):
            first, pause, last = runs[a], runs[b], runs[c]
            if first is not None and last is not None:
                gaps.append([first, last] if pause is None else [first, ~pause, last])
        model.breach(claim, 1, *gaps)


def _order(model: CellModel) -> None:
    """An item wanted at rank k of its track lies in the cell whose ranks contain k, or misses its order.

    Ranks count through the sessions and, where a track runs in parallel, through its rooms; then copies are
    numbered by room. Of the items that want the same rank one can have it.
    """
    if model.instance.level("submissions_order") is Level.OFF:
        return
    for track, copies in model.copies.items():
        items = [i for i in model.instance.items_of_track[track] if model.instance.items[i].order]
        ranks = _ranks(model, track) if items else {}
        wanted: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for item in items:
            missed = model.boolean()
            model.cost("submissions_order", 1, missed)
            wanted[model.instance.items[item].order].append(missed)
            _window(model, item, ranks, missed)
        for rivals in wanted.values():
            if len(rivals) > 1:
                model.model.add(sum(rivals) >= len(rivals) - 1)
        if items and copies > 1 and model.with_rooms:
            _number_copies_by_room(model, track)


Ranks = dict[tuple[int, int], tuple[cp_model.LinearExprT, cp_model.LinearExprT]]


def _ranks(model: CellModel, track: int) -> Ranks:
    """Per session and copy, how many items of the track come before it and through it."""
    items = model.instance.items_of_track[track]
    ranks: Ranks = {}
    before: cp_model.LinearExprT = 0
    for cell in product(range(model.sessions), range(model.copies[track])):
        inside = [put for item in items if (put := model.put.get((item, *cell))) is not None]
        if inside:
            through = model.model.new_int_var(0, len(items), "")
            model.model.add(cp_model.LinearExpr.sum([before, *inside]) == through)
            ranks[cell] = before, through
            before = through
    return ranks


def _window(model: CellModel, item: int, ranks: Ranks, missed: cp_model.IntVar) -> None:
    rank = model.instance.items[item].order
    for cell, (before, through) in ranks.items():
        put = model.put.get((item, *cell))
        if put is not None:
            model.model.add(before <= rank - 1).only_enforce_if(put, ~missed)
            model.model.add(through >= rank).only_enforce_if(put, ~missed)


def _number_copies_by_room(model: CellModel, track: int) -> None:
    rooms = list(range(model.rooms))
    for session, copy in product(range(model.sessions), range(1, model.copies[track])):
        used = model.used.get((track, session, copy))
        if used is None:
            continue
        here = [model.where[track, session, copy, r] for r in rooms]
        left = [model.where[track, session, copy - 1, r] for r in rooms]
        apart = cp_model.LinearExpr.weighted_sum([*here, *left], [*rooms, *(-r for r in rooms)])
        model.model.add(apart >= 1).only_enforce_if(used)
