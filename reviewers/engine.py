"""The one call that assigns: choose the objective, solve, check, report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .alternates import rank
from .answer import Answer
from .errors import BadInstance
from .instance import Instance, keyed
from .kinds import Id, Ints
from .meter import Meter
from .objectives.total import total
from .report import Report, summarise

OBJECTIVES = ("total", "fair")


@dataclass(frozen=True, eq=False)
class Result:
    """An assignment: (paper, reviewer) positions in `chosen`, alternates by position, and its report."""

    instance: Instance
    chosen: Ints
    ranked: dict[int, list[int]]
    report: Report

    @property
    def assignment(self) -> list[tuple[Id, Id]]:
        """(paper, reviewer) ids, by paper."""
        return keyed(self.instance, self.chosen)

    @property
    def alternates(self) -> dict[Id, list[Id]]:
        """Reviewers who could step in for each paper, best first."""
        papers, reviewers = self.instance.papers, self.instance.reviewers
        return {papers[paper]: [reviewers[r] for r in ranked] for paper, ranked in self.ranked.items()}

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, as documented in docs/reviewers.md."""
        return {
            "assignment": [list(pair) for pair in self.assignment],
            "alternates": {str(paper): who for paper, who in self.alternates.items()},
            "report": self.report.as_dict(),
        }


def assign(
    instance: Instance,
    objective: str = "total",
    *,
    floor: float | None = None,
    seconds: float | None = None,
    alternates: int = 5,
) -> Result:
    """The best assignment under the instance's rules.

    objective    `total`: the greatest total; `fair`: every paper at its floor first
    floor        the T of `fair`; the engine chooses one when it is None
    seconds      how long an integer programme may go on closing its gap; None for a fixed effort
    alternates   how many stand-ins to rank for each paper

    Raises Infeasible with named reasons and remedies when no assignment keeps every rule, and BadInstance for
    options that make no sense.
    """
    if objective not in OBJECTIVES:
        raise BadInstance(f"The objective must be one of {', '.join(OBJECTIVES)}.")
    if floor is not None and objective != "fair":
        raise BadInstance("A floor belongs to the objective fair.")
    meter = Meter(seconds)
    answer = _solve(instance, objective, floor, meter)
    ranked = rank(instance, answer.chosen, alternates)
    report = summarise(
        instance,
        answer.chosen,
        objective=objective,
        bound=answer.bound,
        spent=meter.spent(),
        floor=answer.floor,
        unmet=answer.unmet,
    )
    return Result(instance, answer.chosen, ranked, report)


def _solve(instance: Instance, objective: str, floor: float | None, meter: Meter) -> Answer:
    if objective == "fair":
        from .objectives.fair import fair  # noqa: PLC0415 - SciPy's optimisers take a second to load

        return fair(instance, meter, floor)
    return total(instance, meter)
