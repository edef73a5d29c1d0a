"""The one call that assigns: choose the objective, solve, check, report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .alternates import rank
from .answer import Answer, Lottery
from .errors import BadInstance
from .instance import Instance, keyed
from .kinds import Id, Ints
from .meter import Meter
from .objectives.randomised import randomised
from .objectives.total import total
from .report import Chances, Report, summarise

OBJECTIVES = ("total", "fair", "leximin", "randomised")


@dataclass(frozen=True, eq=False)
class Result:
    """An assignment: (paper, reviewer) positions in `chosen`, alternates by position, and its report."""

    instance: Instance
    chosen: Ints
    ranked: dict[int, list[int]]
    report: Report
    lottery: Lottery | None = None

    @property
    def assignment(self) -> list[tuple[Id, Id]]:
        """(paper, reviewer) ids, by paper."""
        return keyed(self.instance, self.chosen)

    @property
    def alternates(self) -> dict[Id, list[Id]]:
        """Reviewers who could step in for each paper, best first."""
        papers, reviewers = self.instance.papers, self.instance.reviewers
        return {papers[paper]: [reviewers[r] for r in ranked] for paper, ranked in self.ranked.items()}

    @property
    def marginals(self) -> list[tuple[Id, Id, float]]:
        """(paper, reviewer, chance) of every pair that could have been drawn; empty without a lottery."""
        if self.lottery is None:
            return []
        named = keyed(self.instance, self.lottery.rows)
        return [(p, r, chance) for (p, r), chance in zip(named, self.lottery.chance.tolist(), strict=True)]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, as documented in docs/reviewers.md."""
        drawn = {"marginals": [list(row) for row in self.marginals]} if self.lottery else {}
        return {
            "assignment": [list(pair) for pair in self.assignment],
            "alternates": {str(paper): who for paper, who in self.alternates.items()},
            "report": self.report.as_dict(),
            **drawn,
        }


def assign(
    instance: Instance,
    objective: str = "total",
    *,
    floor: float | None = None,
    cap: float | None = None,
    kept: float | None = None,
    seed: int = 0,
    seconds: float | None = None,
    alternates: int = 5,
) -> Result:
    """The best assignment under the instance's rules.

    objective    `total`: the greatest total; `fair`: every paper at its floor first; `leximin`: the worst-off
                 papers first, one after another; `randomised`: drawn from chances as wide as quality allows
    floor        the T of `fair`; the engine chooses one when it is None
    cap, kept    for `randomised`: the greatest chance of a pair (None: the smallest that does), and the share
                 of the greatest total that is to be kept on average (None: 0.95)
    seed         for `randomised`: the same seed draws the same assignment
    seconds      how long an integer programme may go on closing its gap; None for a fixed effort
    alternates   how many stand-ins to rank for each paper

    Raises Infeasible with named reasons and remedies when no assignment keeps every rule, and BadInstance for
    options that make no sense.
    """
    if objective not in OBJECTIVES:
        raise BadInstance(f"The objective must be one of {', '.join(OBJECTIVES)}.")
    if floor is not None and objective != "fair":
        raise BadInstance("A floor belongs to the objective fair.")
    if (cap is not None or kept is not None) and objective != "randomised":
        raise BadInstance("A cap on chances and a share to keep belong to the objective randomised.")
    if seconds is not None and seconds <= 0:
        raise BadInstance("The time allowed must be more than nothing.")
    meter = Meter(seconds)
    answer = _solve(instance, objective, meter, floor=floor, cap=cap, kept=kept, seed=seed)
    ranked = rank(instance, answer.chosen, alternates)
    report = summarise(
        instance,
        answer.chosen,
        objective=objective,
        bound=answer.bound,
        spent=meter.spent(),
        floor=answer.floor,
        unmet=answer.unmet,
        chances=_chances(answer.lottery, seed),
    )
    return Result(instance, answer.chosen, ranked, report, answer.lottery)


def _solve(
    instance: Instance,
    objective: str,
    meter: Meter,
    *,
    floor: float | None,
    cap: float | None,
    kept: float | None,
    seed: int,
) -> Answer:
    # SciPy's optimisers and the constraint solver take a second to load: only for who asks for them
    if objective == "fair":
        from .objectives.fair import fair  # noqa: PLC0415

        return fair(instance, meter, floor)
    if objective == "leximin":
        from .objectives.leximin import leximin  # noqa: PLC0415

        return leximin(instance, meter)
    if objective == "randomised":
        return randomised(instance, meter, seed=seed, cap=cap, kept=kept)
    return total(instance, meter)


def _chances(lottery: Lottery | None, seed: int) -> Chances | None:
    if lottery is None:
        return None
    return Chances(
        seed=seed,
        cap=lottery.cap,
        highest=float(lottery.chance.max(initial=0.0)),
        support=len(lottery.chance),
        entropy=lottery.entropy,
        expected=lottery.expected,
    )
