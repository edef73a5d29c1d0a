"""What the engine answered, as an assignment run keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from confsys.reviewing.matching.material import Material, Pair, Parameters
from confsys.reviewing.matching.problem import instance, pair_scores

if TYPE_CHECKING:
    from reviewers import Infeasible

ALTERNATES = 5


@dataclass(frozen=True)
class Cause:
    """Why something could not be granted; ``rule`` is the engine's stable code, counts are reviews."""

    rule: str
    papers: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    needed: int = 0
    available: int = 0


@dataclass(frozen=True)
class Remedy:
    """A change that would help; ``amounts`` says by how much for each paper or person."""

    action: str
    amounts: Mapping[int, int] = field(default_factory=dict)
    cost: int = 0


@dataclass(frozen=True)
class Solution:
    """``pairs`` with their scores, or none and the ``causes``. ``bound`` is a total nobody can exceed."""

    pairs: Mapping[Pair, float] = field(default_factory=dict)
    alternates: Mapping[int, Sequence[int]] = field(default_factory=dict)
    total: float = 0.0
    bound: float = 0.0
    seconds: float = 0.0
    causes: tuple[Cause, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    @property
    def is_feasible(self) -> bool:
        return not self.causes

    def as_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "pairs": [[p, r, score] for (p, r), score in self.pairs.items()],
            "alternates": [[paper, list(people)] for paper, people in self.alternates.items()],
            "total": self.total, "bound": self.bound, "seconds": self.seconds,
            "causes": [[c.rule, list(c.papers), list(c.people), c.needed, c.available] for c in self.causes],
            "remedies": [[r.action, [[key, n] for key, n in r.amounts.items()], r.cost] for r in self.remedies],
        }  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Solution:
        return cls(
            pairs={(p, r): score for p, r, score in kept.get("pairs", ())},
            alternates={paper: tuple(people) for paper, people in kept.get("alternates", ())},
            total=kept.get("total", 0.0), bound=kept.get("bound", 0.0), seconds=kept.get("seconds", 0.0),
            causes=tuple(Cause(rule, tuple(ps), tuple(rs), n, a) for rule, ps, rs, n, a in kept.get("causes", ())),
            remedies=tuple(Remedy(action, dict(amounts), cost) for action, amounts, cost in kept.get("remedies", ())),
        )  # fmt: skip


def solve(material: Material, parameters: Parameters) -> Solution:
    """The best assignment by the parameters under loads, coverage, conflicts and rules; or why there is none.

    Raises reviewers.BadInstance when there are no reviewers or the numbers contradict each other.
    """
    # The engine loads OR-Tools: kept out of the web's start.
    from reviewers import Infeasible, assign  # noqa: PLC0415

    try:
        result = assign(instance(material, parameters), parameters.objective, alternates=ALTERNATES)
    except Infeasible as why:
        return _without(why)
    scores = pair_scores(material, parameters)
    pairs = {(int(p), int(r)): scores.get((int(p), int(r)), 0.0) for p, r in result.assignment}
    alternates = {int(paper): tuple(int(r) for r in ranked) for paper, ranked in result.alternates.items() if ranked}
    report = result.report
    return Solution(pairs, alternates, round(report.total, 4), round(report.bound, 4), round(report.seconds, 3))


def _without(why: Infeasible) -> Solution:
    causes = tuple(
        Cause(r.rule, tuple(map(int, r.papers)), tuple(map(int, r.reviewers)), r.needed, r.available)
        for r in why.reasons
    )
    remedies = tuple(Remedy(r.action, {int(key): n for key, n in r.amounts.items()}, r.cost) for r in why.remedies)
    return Solution(causes=causes or (Cause("capacity"),), remedies=remedies)
