"""What a search tells while it runs and when it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from confsys.programme.solver.data.instance import Schedule
from confsys.programme.solver.evaluator.report import Report


class Status(StrEnum):
    """`optimal` is proven; `feasible` has a gap; `impossible` is proven; `unknown` found nothing in time."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Progress:
    """A better schedule. `bound` is what no schedule can beat at its strong and its nice level, if known."""

    schedule: Schedule
    report: Report
    seconds: float
    bound: tuple[int, int]


@dataclass(frozen=True)
class Result:
    """The end of a search.

    `schedule` and `report` are None where nothing was found. `bound` holds for the strong points and, at
    the best strong points found, for the nice ones; it supposes at most `parallel_rooms` rooms per track and
    session. `reproducible` says that the clock did not cut a single-worker search short.
    """

    status: Status
    schedule: Schedule | None
    report: Report | None
    bound: tuple[int, int]
    seconds: float
    first_seconds: float | None
    parallel_rooms: int
    reproducible: bool

    @property
    def gap(self) -> int | None:
        """Nice points between the schedule and the bound; None where strong points are not proven least."""
        if self.report is None or self.report.cost[1] > self.bound[0]:
            return None
        return self.report.cost[2] - self.bound[1]


Watch = Callable[[Progress], None]
