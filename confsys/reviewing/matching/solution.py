"""What the engine answered, as an assignment run keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from confsys.reviewing.matching.material import Material, Pair, Parameters
from confsys.reviewing.matching.poor import Poor, poor
from confsys.reviewing.matching.problem import instance, pair_scores

if TYPE_CHECKING:
    from reviewers import Infeasible
    from reviewers.engine import Result

ALTERNATES = 5
LEAST_CHANCE = 0.005
"""A chance that small is none to anybody who reads the page."""


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
class Unmet:
    """A wish that was granted only in part: the engine's stable code, and how much was wanted and got."""

    rule: str
    papers: tuple[int, ...] = ()
    wanted: float = 0.0
    got: float = 0.0


@dataclass(frozen=True)
class Lottery:
    """What the pairs were drawn from: the greatest chance allowed and given, the expected total, all chances."""

    cap: float = 1.0
    highest: float = 1.0
    support: int = 0
    entropy: float = 0.0
    expected: float = 0.0
    chances: Mapping[Pair, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Solution:
    """``pairs`` with their scores, or none and the ``causes``. ``bound`` is a total nobody can exceed.

    ``poor``: the papers that are served worst, and why; ``floor``: the score every paper reached that could.
    """

    pairs: Mapping[Pair, float] = field(default_factory=dict)
    alternates: Mapping[int, Sequence[int]] = field(default_factory=dict)
    total: float = 0.0
    bound: float = 0.0
    seconds: float = 0.0
    causes: tuple[Cause, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    floor: float | None = None
    unmet: tuple[Unmet, ...] = ()
    poor: tuple[Poor, ...] = ()
    lottery: Lottery | None = None

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
            "floor": self.floor, "unmet": [[u.rule, list(u.papers), u.wanted, u.got] for u in self.unmet],
            "poor": [astuple(each) for each in self.poor], "lottery": _kept_lottery(self.lottery),
        }  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Solution:
        return cls(
            pairs={(p, r): score for p, r, score in kept.get("pairs", ())},
            alternates={paper: tuple(people) for paper, people in kept.get("alternates", ())},
            total=kept.get("total", 0.0), bound=kept.get("bound", 0.0), seconds=kept.get("seconds", 0.0),
            causes=tuple(Cause(rule, tuple(ps), tuple(rs), n, a) for rule, ps, rs, n, a in kept.get("causes", ())),
            remedies=tuple(Remedy(action, dict(amounts), cost) for action, amounts, cost in kept.get("remedies", ())),
            floor=kept.get("floor"), poor=tuple(Poor(*row) for row in kept.get("poor", ())),
            unmet=tuple(Unmet(rule, tuple(ps), wanted, got) for rule, ps, wanted, got in kept.get("unmet", ())),
            lottery=_lottery_of(kept.get("lottery")),
        )  # fmt: skip


def _kept_lottery(lottery: Lottery | None) -> dict[str, Any] | None:
    if lottery is None:
        return None
    chances = [[paper, person, chance] for (paper, person), chance in lottery.chances.items()]
    return {**{each.name: getattr(lottery, each.name) for each in fields(lottery)}, "chances": chances}


def _lottery_of(kept: Mapping[str, Any] | None) -> Lottery | None:
    if kept is None:
        return None
    return Lottery(**{**kept, "chances": {(paper, person): chance for paper, person, chance in kept["chances"]}})


def solve(material: Material, parameters: Parameters) -> Solution:
    """The best assignment by the parameters under loads, coverage, conflicts and rules; or why there is none.

    Raises reviewers.BadInstance when there are no reviewers or the numbers contradict each other.
    """
    # The engine loads OR-Tools: kept out of the web's start.
    from reviewers import Infeasible, assign  # noqa: PLC0415

    options: dict[str, Any] = {}
    if parameters.objective == "randomised":
        cap = None if parameters.cap is None else parameters.cap / 100
        options = {"seed": parameters.seed, "cap": cap, "kept": parameters.kept_share / 100}
    try:
        result = assign(instance(material, parameters), parameters.objective, alternates=ALTERNATES, **options)
    except Infeasible as why:
        return _without(why)
    scores = pair_scores(material, parameters)
    pairs = {(int(p), int(r)): scores.get((int(p), int(r)), 0.0) for p, r in result.assignment}
    alternates = {int(paper): tuple(int(r) for r in ranked) for paper, ranked in result.alternates.items() if ranked}
    report = result.report
    return Solution(
        pairs, alternates, round(report.total, 4), round(report.bound, 4), round(report.seconds, 3), floor=report.floor,
        unmet=tuple(Unmet(u.rule, tuple(map(int, u.papers)), u.wanted, u.got) for u in report.unmet),
        poor=poor(material, parameters, scores, pairs), lottery=_lottery(result),
    )  # fmt: skip


def _lottery(result: Result) -> Lottery | None:
    told = result.report.chances
    if told is None:
        return None
    likely = {(int(p), int(r)): round(float(chance), 3) for p, r, chance in result.marginals if chance >= LEAST_CHANCE}
    figures = (round(told.cap, 4), round(told.highest, 4), told.support, round(told.entropy, 1))
    return Lottery(*figures, round(told.expected, 4), likely)


def _without(why: Infeasible) -> Solution:
    causes = tuple(
        Cause(r.rule, tuple(map(int, r.papers)), tuple(map(int, r.reviewers)), r.needed, r.available)
        for r in why.reasons
    )
    remedies = tuple(Remedy(r.action, {int(key): n for key, n in r.amounts.items()}, r.cost) for r in why.remedies)
    return Solution(causes=causes or (Cause("capacity"),), remedies=remedies)
