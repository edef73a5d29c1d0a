"""A schedule on the grid, broken by a change and mended with the fewest moves."""

from dataclasses import replace

from confsys.programme.solver import Place, read_instance, repair
from confsys.programme.solver.data.instance import Ban

from .small import grid, talk

OLD = (Place(0, 0, 0), Place(0, 1, 0), Place(1, 0, 0))


def test_only_what_cannot_stay_moves() -> None:
    instance = read_instance(grid([talk("p"), talk("q", "U"), talk("r")]))
    changed = replace(instance, bans=(Ban(frozenset({0}), frozenset({0})),))
    first, *others = repair(changed, OLD, seconds=20).alternatives
    assert first.moved == (0,)
    assert first.least
    assert first.report.feasible
    assert all(other.schedule != first.schedule for other in others)


def test_pins_hold_while_the_rest_gives_way() -> None:
    """Two presenters' items now clash; the pinned one stays."""
    pins = [{"submission": "p", "start": "2026-07-10T09:00", "room": "A"}]
    talks = [talk("p", presenters=["ann"]), talk("q", "U", presenters=["ann"]), talk("r")]
    result = repair(read_instance(grid(talks, pins=pins)), OLD, alternatives=1, seconds=20)
    (first,) = result.alternatives
    assert first.moved == (1,)
    assert first.least
    assert first.schedule[0] == OLD[0]
    assert first.people == ("ann",)


def test_a_new_item_moves_nobody() -> None:
    instance = read_instance(grid([talk("p"), talk("q", "U"), talk("r"), talk("late", "U")]))
    (first,) = repair(instance, (*OLD, None), alternatives=1, seconds=20).alternatives
    assert (first.moved, first.added) == ((), (3,))
