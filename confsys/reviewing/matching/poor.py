"""Why the papers that are served worst are served no better."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from confsys.reviewing.matching.material import Material, Pair, Parameters

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Poor:
    """A paper, its score, and the score it would have if it alone could choose among those who may review it.

    Of the reviewers who would be better than its own: ``barred`` must keep away (conflict, refusal, another track),
    ``busy`` have as many papers as they may take, ``elsewhere`` have room left and were not given for another rule.
    """

    paper: int
    score: float
    alone: float
    barred: int
    busy: int
    elsewhere: int


def poor(
    material: Material, parameters: Parameters, scores: Mapping[Pair, float], pairs: Mapping[Pair, float]
) -> tuple[Poor, ...]:
    """The papers with the lowest sums of scores, the lowest first."""
    on: dict[int, dict[int, float]] = defaultdict(dict)
    for (given, person), score in pairs.items():
        on[given][person] = score
    loads = Counter(person for _, person in pairs)
    ranked = sorted(material.papers, key=lambda paper: (sum(on[paper.id].values()), paper.number))
    found = []
    for paper in ranked[:SHOWN]:
        own, worst = on[paper.id], min(on[paper.id].values(), default=0.0)
        free: list[float] = []
        counted = Counter[str]()
        for reviewer in material.reviewers:
            score = scores.get((paper.id, reviewer.id), 0.0)
            bar = material.bars(paper, reviewer)
            if not bar and parameters.load_for(reviewer) > 0:
                free.append(score)
            if reviewer.id not in own and score > worst:
                full = loads[reviewer.id] >= parameters.load_for(reviewer)
                counted["barred" if bar else "busy" if full else "elsewhere"] += 1
        alone = sum(sorted(free, reverse=True)[: parameters.coverage_for(paper.id)])
        found.append(
            Poor(
                paper.id, round(sum(own.values()), 4), round(alone, 4), counted["barred"], counted["busy"],
                counted["elsewhere"],
            )
        )  # fmt: skip
    return tuple(found)
