"""The best schedule so far, judged by the evaluator alone, and what is proven about better ones."""

from confsys.programme.solver.cp.lexicographic import Tiered
from confsys.programme.solver.cp.run import Budget
from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.evaluator import Evaluator, Report
from confsys.programme.solver.progress import Progress, Result, Status, Watch


class Incumbent:
    """Takes schedules, keeps the best that breaks no hard rule, and tells each improvement."""

    def __init__(self, instance: Instance, budget: Budget, watch: Watch | None = None) -> None:
        self.schedule: Schedule | None = None
        self.report: Report | None = None
        self.first_seconds: float | None = None
        self._evaluator = Evaluator(instance)
        self._budget = budget
        self._watch = watch
        self._strong_bound = 0
        self._nice_bounds: list[tuple[int | None, int]] = [(None, 0)]

    def offer(self, schedule: Schedule) -> bool:
        """Whether the schedule is the best so far."""
        report = self._evaluator.report(schedule)
        if not report.feasible or (self.report is not None and report.cost >= self.report.cost):
            return False
        self.schedule, self.report = schedule, report
        if self.first_seconds is None:
            self.first_seconds = self._budget.elapsed()
        if self._watch is not None:
            self._watch(Progress(schedule, report, self._budget.elapsed(), self.bound))
        return True

    def prove(self, result: Tiered) -> None:
        """Take over the bounds of a model that leaves out no schedule."""
        self._strong_bound = max(self._strong_bound, result.strong_bound)
        self._nice_bounds.append((result.strong_limit, result.nice_bound))

    @property
    def bound(self) -> tuple[int, int]:
        """Least strong points, and least nice points at no more strong ones than the incumbent has."""
        strong = self.report.cost[1] if self.report is not None else None
        nice = [
            bound for limit, bound in self._nice_bounds if limit is None or (strong is not None and strong <= limit)
        ]
        return self._strong_bound, max(nice)

    @property
    def proven(self) -> bool:
        return self.report is not None and self.report.cost[1:] == self.bound

    def result(self, *, impossible: bool, parallel_rooms: int) -> Result:
        if self.report is not None:
            status = Status.OPTIMAL if self.proven else Status.FEASIBLE
        else:
            status = Status.IMPOSSIBLE if impossible else Status.UNKNOWN
        return Result(
            status,
            self.schedule,
            self.report,
            self.bound,
            self._budget.elapsed(),
            self.first_seconds,
            parallel_rooms,
            self._budget.deterministic and not self._budget.cut,
        )
