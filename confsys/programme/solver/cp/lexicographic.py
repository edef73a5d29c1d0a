"""Strong points first, nice points among the schedules with the fewest strong ones."""

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from confsys.programme.solver.cp.builder import Builder
from confsys.programme.solver.cp.run import Budget, Outcome, Value, run
from confsys.programme.solver.rules import Level

_STRONG_SHARE = 0.5


@dataclass(frozen=True)
class Tiered:
    """What a lexicographic search proved.

    No schedule has fewer strong points than `strong_bound`; none with at most `strong_limit` strong points
    has fewer nice points than `nice_bound`. None stands for no limit.
    """

    found: bool
    optimal: bool
    infeasible: bool
    strong_bound: int
    strong_limit: int | None
    nice_bound: int


def minimise(
    builder: Builder,
    budget: Budget,
    *,
    share: float | None = None,
    proving: bool = False,
    fix_hints: bool = False,
    watch: Callable[[Value], None] | None = None,
) -> Tiered:
    """Minimise the builder's levels in turn within `share` seconds; the builder's model stays as it is.

    `watch` reads each better solution. Where no level has costs, the first solution ends the search.
    """
    levels = builder.levels()
    model: cp_model.CpModel = builder.model.clone()
    share = budget.left() if share is None else min(share, budget.left())
    strong_bound, strong_limit, settled = 0, None, True
    began = budget.left()

    def search(level: Level | None, seconds: float) -> Outcome:
        if level is not None:
            model.minimize(builder.total(level))
        return run(
            model,
            budget,
            share=seconds,
            proving=proving,
            fix_hints=fix_hints,
            watch=watch and _reading(watch),
        )

    if levels and levels[0] is Level.STRONG:
        outcome = search(Level.STRONG, share * (_STRONG_SHARE if len(levels) > 1 else 1))
        if not outcome.found:
            return Tiered(False, False, outcome.infeasible, 0, None, 0)
        strong_bound, strong_limit, settled = outcome.lower, outcome.best, outcome.optimal
        if len(levels) == 1:
            return Tiered(True, settled, False, strong_bound, strong_limit, 0)
        model.add(builder.total(Level.STRONG) <= strong_limit)
        outcome.hint(model)
    outcome = search(Level.NICE if levels else None, max(share - (began - budget.left()), 0.01))
    found = outcome.found or strong_limit is not None
    bound = outcome.lower if levels and not outcome.infeasible else 0
    return Tiered(
        found,
        settled and outcome.optimal,
        outcome.infeasible and not found,
        strong_bound,
        strong_limit,
        bound,
    )


def _reading(watch: Callable[[Value], None]) -> Callable[[Value, float, float], None]:
    return lambda value, _objective, _bound: watch(value)
