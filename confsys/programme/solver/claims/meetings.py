"""Meetings: what a rule says about two items that run at the same time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from confsys.programme.solver.claims.facts import counts
from confsys.programme.solver.data.instance import Instance
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.rules import Form


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two items that cost `points` units of the claim's rule when together (in cells: in different rooms)."""

    claim: Case
    one: int
    other: int
    points: int


def meetings(instance: Instance) -> Iterator[Meeting]:
    """Every meeting that counts; in cells, chairs and similar tracks are matters of whole cells instead."""
    own = (_cosplib,) if instance.form is Form.CELLS else (_audience, _tracks)
    sources = (_people, _plenaries, *own)
    for source in sources:
        for claim, points in source(instance, Pairs(instance)):
            one, other = claim.items
            if points and counts(instance, claim.rule, one, other):
                yield Meeting(claim, one, other, points)


def _people(instance: Instance, pairs: Pairs) -> Iterator[tuple[Case, int]]:
    for one, other in pairs.needed:
        people = instance.needed[one] & instance.needed[other]
        if instance.form is Form.CELLS:
            people -= set(instance.items[one].presenters) & set(instance.items[other].presenters)
        if people:
            yield Case("people_clash", 1, (one, other), people=tuple(sorted(people))), 1


def _cosplib(instance: Instance, pairs: Pairs) -> Iterator[tuple[Case, int]]:
    for rule, clashing in (
        ("presenter_conflicts_session", pairs.presenter),
        ("attendee_conflicts_session", pairs.attendee),
    ):
        for one, other in clashing:
            people = tuple(sorted(instance.present[one] & instance.present[other]))
            yield Case(rule, 1, (one, other), people=people), 1


def _audience(_: Instance, pairs: Pairs) -> Iterator[tuple[Case, int]]:
    for pair, people in sorted(pairs.audience.items()):
        yield Case("attendee_clash", 1, pair), people


def _tracks(instance: Instance, _: Pairs) -> Iterator[tuple[Case, int]]:
    for track, items in enumerate(instance.items_of_track):
        for pair in combinations(items, 2):
            yield Case("track_parallel", 1, pair, tracks=(track,)), 1
    for (one, other), points in sorted(instance.similar.items()):
        for first, second in product(instance.items_of_track[one], instance.items_of_track[other]):
            pair = min(first, second), max(first, second)
            yield Case("similar_parallel", 1, pair, tracks=(one, other)), points


def _plenaries(instance: Instance, _: Pairs) -> Iterator[tuple[Case, int]]:
    plenaries = [item for item, thing in enumerate(instance.items) if thing.alone]
    for item in plenaries:
        for other, thing in enumerate(instance.items):
            if other != item and not (thing.alone and other < item):
                yield Case("alone", 1, (item, other)), 1
