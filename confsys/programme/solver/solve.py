"""The timetable of an instance: one call, anytime, for both forms."""

from confsys.programme.solver.cells.search import CellSearch
from confsys.programme.solver.cp.run import Budget, Stop
from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.data.locks import lock_days
from confsys.programme.solver.grid.search import GridSearch
from confsys.programme.solver.incumbent import Incumbent
from confsys.programme.solver.progress import Result, Watch
from confsys.programme.solver.rules import Form


def solve(
    instance: Instance,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    workers: int = 2,
    start: Schedule | None = None,
    parallel_rooms: int = 1,
    watch: Watch | None = None,
    stop: Stop = lambda: False,
) -> Result:
    """The best schedule found in `seconds`, with what is proven about better ones.

    `watch` is called in the searching thread with each better schedule; `stop` is asked every 50 ms or so.
    With one worker the same seed gives the same schedule (see Budget). `parallel_rooms` is how many rooms a
    track may use at once in a session; where a track cannot do with so few, more are tried.
    """
    budget = Budget(seconds, workers, seed, stop)
    locked = lock_days(instance, start)
    incumbent = Incumbent(locked, budget, watch)
    if instance.form is Form.GRID:
        possible = GridSearch(locked, budget, incumbent).run(start)
        return incumbent.result(impossible=not possible, parallel_rooms=1)
    copies, most = max(parallel_rooms, 1), len(instance.rooms)
    while not CellSearch(locked, budget, incumbent, copies).run(start) and copies < most:
        copies = min(2 * copies, most)
    impossible = incumbent.report is None and not budget.over()
    return incumbent.result(impossible=impossible, parallel_rooms=copies)
