"""One CP-SAT search: limits, seed, progress, and an end on request."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

Stop = Callable[[], bool]
Value = Callable[[cp_model.IntVar], int]
"""Reads a variable of a solution."""
Watch = Callable[[Value, float, float], None]
"""Called with a reader of values, the objective and the bound at each better solution."""

_POLL = 0.05
_ROUNDING = 1e-6
_OPTIMAL, _FEASIBLE, _INFEASIBLE = int(cp_model.OPTIMAL), int(cp_model.FEASIBLE), int(cp_model.INFEASIBLE)


@dataclass
class Budget:
    """What a search may use. With one worker it is counted in CP-SAT's deterministic work, so that the same
    seed gives the same result on any machine; the clock is then only a guard (`cut` tells that it struck)."""

    seconds: float
    workers: int = 2
    seed: int = 0
    stop: Stop = lambda: False
    started: float = field(default_factory=time.monotonic)
    worked: float = 0.0
    cut: bool = False

    @property
    def deterministic(self) -> bool:
        return self.workers == 1

    def left(self) -> float:
        """Seconds of clock, or of work with one worker, that remain."""
        if self.deterministic:
            return max(0.0, self.seconds - self.worked) if self._clock_left() > 0 else 0.0
        return self._clock_left()

    def _clock_left(self) -> float:
        return max(0.0, self.seconds - (time.monotonic() - self.started))

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def over(self) -> bool:
        return self.left() <= 0 or self.stop()


@dataclass(frozen=True)
class Outcome:
    """`objective` is infinite where nothing was found; `bound` is proven for the model."""

    status: int
    objective: float
    bound: float
    solver: cp_model.CpSolver

    def value(self, variable: cp_model.IntVar) -> int:
        """Of the best solution found."""
        return int(self.solver.value(variable))

    def hint(self, model: cp_model.CpModel) -> None:
        """Let a model over the same variables start from this solution."""
        model.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self.solver.response_proto.solution):
            model.add_hint(model.get_int_var_from_proto_index(index), value)

    @property
    def best(self) -> int:
        return round(self.objective)

    @property
    def lower(self) -> int:
        """The bound as a whole number: objectives are whole, so a fraction rounds up."""
        return math.ceil(self.bound - _ROUNDING)

    @property
    def found(self) -> bool:
        return self.status in (_OPTIMAL, _FEASIBLE)

    @property
    def optimal(self) -> bool:
        return self.status == _OPTIMAL

    @property
    def infeasible(self) -> bool:
        return self.status == _INFEASIBLE


class _Watcher(cp_model.CpSolverSolutionCallback):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def on_solution_callback(self) -> None:
        self._watch(lambda variable: int(self.value(variable)), self.objective_value, self.best_objective_bound)


def run(
    model: cp_model.CpModel,
    budget: Budget,
    *,
    share: float | None = None,
    proving: bool = False,
    fix_hints: bool = False,
    first: bool = False,
    watch: Watch | None = None,
) -> Outcome:
    """Search for at most `share` seconds of what the budget has left.

    `proving` gives one worker to the lower bound; `fix_hints` keeps hinted variables at their hint;
    `first` ends with the first solution.
    """
    solver = cp_model.CpSolver()
    _configure(solver, budget, share, proving, fix_hints, first)
    with _stopping(solver, budget):
        status = solver.solve(model, _Watcher(watch) if watch else None)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    work = float(solver.response_proto.deterministic_time)
    budget.worked += work
    if budget.deterministic and status != cp_model.OPTIMAL and budget.elapsed() >= budget.seconds:
        budget.cut = True
    return Outcome(
        int(status),
        solver.objective_value if found else float("inf"),
        solver.best_objective_bound if status != cp_model.INFEASIBLE else float("inf"),
        solver,
    )


def _configure(
    solver: cp_model.CpSolver,
    budget: Budget,
    share: float | None,
    proving: bool,
    fix_hints: bool,
    first: bool,
) -> None:
    parameters = solver.parameters
    parameters.num_workers = budget.workers
    parameters.random_seed = budget.seed
    limit = budget.left() if share is None else min(share, budget.left())
    parameters.max_time_in_seconds = max(limit, 0.01)
    if budget.deterministic:
        parameters.max_deterministic_time = max(limit, 0.01)
        parameters.max_time_in_seconds = max(budget.seconds - budget.elapsed(), 0.01)
    if proving and budget.workers > 1:
        parameters.subsolvers.append("lb_tree_search")
    parameters.fix_variables_to_their_hinted_value = fix_hints
    parameters.stop_after_first_solution = first


class _stopping:  # noqa: N801 (a context manager, read like a verb)
    """Ends a running search soon after the budget's stop flag rises."""

    def __init__(self, solver: cp_model.CpSolver, budget: Budget) -> None:
        self._solver, self._budget = solver, budget
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)

    def _poll(self) -> None:
        while not self._done.wait(_POLL):
            if self._budget.stop():
                self._solver.stop_search()
                return

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
