"""What a computation spent; the only place in the engine that looks at a stopwatch."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Spent:
    """Wall seconds, processor seconds, and the process's greatest memory so far in megabytes."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


class Meter:
    """Runs from its making; `remaining` counts down a budget, when there is one."""

    def __init__(self, budget: float | None = None) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self.budget = budget

    def spent(self) -> Spent:
        return Spent(
            round(time.perf_counter() - self._wall, 4),
            round(time.process_time() - self._cpu, 4),
            round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        )

    def remaining(self) -> float | None:
        """Seconds left of the budget, never below a tenth; None without a budget."""
        if self.budget is None:
            return None
        return max(0.1, self.budget - (time.perf_counter() - self._wall))

    def past(self, share: float) -> bool:
        """Whether this share of the budget is spent; never without a budget."""
        return self.budget is not None and time.perf_counter() - self._wall > share * self.budget
