"""Why an instance is impossible: the rules that cannot hold together, and the least that must give way."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from confsys.programme.solver.cp.builder import Builder
from confsys.programme.solver.cp.run import Budget, Outcome, Stop, run
from confsys.programme.solver.data.instance import Instance, Schedule, hard_only
from confsys.programme.solver.data.locks import lock_days
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.models import model_of
from confsys.programme.solver.progress import Status
from confsys.programme.solver.rules import Form

_RELUCTANCE = {
    "placed": 100,
    "people_clash": 20,
    "people_away": 10,
    "presenter_conflicts_session": 20,
    "pins": 5,
}
_USUAL = 3
"""What giving up one claim of a rule costs, when the cheapest way out is sought."""


@dataclass(frozen=True)
class Explanation:
    """`conflict` are claims that cannot all hold; `minimal` says that without any of them the rest could.

    `relaxation` is a cheapest set of claims whose giving up makes the instance possible (`cheapest` where
    proven). `shortage` counts slots (cells) or minutes (grid) that are simply lacking. `status` is
    impossible, feasible (nothing to explain) or unknown. `conflict_seconds` is when the conflict was known.
    """

    status: Status
    conflict: tuple[Case, ...] = ()
    minimal: bool = False
    relaxation: tuple[Case, ...] = ()
    cheapest: bool = False
    shortage: int = 0
    conflict_seconds: float = 0.0
    seconds: float = 0.0


def explain(
    instance: Instance,
    *,
    start: Schedule | None = None,
    parallel_rooms: int = 1,
    seconds: float = 20.0,
    seed: int = 0,
    workers: int = 2,
    stop: Stop = lambda: False,
) -> Explanation:
    """The smallest conflict and the cheapest relaxation of an impossible instance.

    The conflict is found with one worker, so the same seed names the same rules; `workers` is for the
    relaxation.
    """
    budget = Budget(seconds, 1, seed, stop)
    instance = lock_days(instance, start)
    shortage = _shortage(instance)
    if shortage > 0:
        return Explanation(Status.IMPOSSIBLE, shortage=shortage, minimal=True, seconds=budget.elapsed())
    lean = hard_only(instance)
    possible = run(model_of(lean, parallel_rooms).builder.model, Budget(seconds / 2, workers, seed, stop))
    if possible.found:
        return Explanation(Status.FEASIBLE, seconds=budget.elapsed())
    model = model_of(lean, parallel_rooms, guarded=True).builder
    core, outcome = _core(model, list(model.guards), budget)
    if not outcome.infeasible:
        return Explanation(Status.UNKNOWN, seconds=budget.elapsed())
    core, minimal = _shrunk(model, core, budget)
    named = budget.elapsed()
    rest = Budget(max(seconds - budget.elapsed(), 0.1), workers, seed, stop)
    relaxation, cheapest = _relaxation(model, core, rest)
    return Explanation(Status.IMPOSSIBLE, tuple(core), minimal, tuple(relaxation), cheapest, 0, named, budget.elapsed())


def _shortage(instance: Instance) -> int:
    """Slots needed beyond those that exist; minutes on the grid, where rooms may hold any number."""
    needed = sum(item.slots for item in instance.items)
    per_room = sum(session.slots for session in instance.sessions)
    if instance.form is Form.CELLS:
        return needed - per_room * len(instance.rooms)
    if any(not room.holds for room in instance.rooms):
        return 0
    return (needed - per_room * sum(room.holds for room in instance.rooms)) * instance.grid_minutes


def _core(builder: Builder, claims: Sequence[Case], budget: Budget) -> tuple[list[Case], Outcome]:
    """Claims out of these that already contradict each other, as the solver happens to find them."""
    by_index = {builder.guards[claim].index: claim for claim in claims}
    builder.model.clear_assumptions()
    builder.model.add_assumptions([builder.guards[claim] for claim in claims])
    outcome = run(builder.model, budget)
    if not outcome.infeasible:
        return list(claims), outcome
    core = outcome.solver.sufficient_assumptions_for_infeasibility()
    return [by_index[index] for index in core], outcome


def _shrunk(builder: Builder, core: list[Case], budget: Budget) -> tuple[list[Case], bool]:
    """Without each claim that the contradiction does not need; false where the time ran out before."""
    needed: list[Case] = []
    while core:
        claim, *rest = core
        if budget.over():
            return [*needed, *core], False
        smaller, outcome = _core(builder, [*needed, *rest], budget)
        if outcome.infeasible:
            core = [c for c in smaller if c not in needed]
        elif outcome.found:
            needed.append(claim)
            core = rest
        else:
            return [*needed, *core], False
    return needed, True


def _relaxation(builder: Builder, conflict: list[Case], budget: Budget) -> tuple[list[Case], bool]:
    """The claims that a cheapest way out gives up; items are left out only where nothing else helps."""
    builder.model.clear_assumptions()
    prices = [_RELUCTANCE.get(claim.rule, _USUAL) for claim in builder.guards]
    guards = list(builder.guards.values())
    builder.model.minimize(cp_model.LinearExpr.weighted_sum(guards, [-price for price in prices]))
    for claim, guard in builder.guards.items():
        builder.model.add_hint(guard, claim not in conflict)
    placing = builder.model.clone()
    placing.add_bool_and([guard for claim, guard in builder.guards.items() if claim.rule == "placed"])
    outcome = run(placing, budget, proving=True)
    if outcome.infeasible:
        outcome = run(builder.model, budget, proving=True)
    if not outcome.found:
        return [], False
    return [claim for claim, guard in builder.guards.items() if not outcome.value(guard)], outcome.optimal
