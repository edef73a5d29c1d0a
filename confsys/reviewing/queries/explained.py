"""One paper in a run: who was best, who was given, and why; and one run beside another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from confsys.core.names import folded
from confsys.events.standing import EventStanding
from confsys.reviewing.matching import explaining
from confsys.reviewing.matching.comparison import Comparison, compare, histogram
from confsys.reviewing.matching.explaining import Beside, Case, Exchange
from confsys.reviewing.matching.material import Material, Pair, Parameters
from confsys.reviewing.matching.problem import pair_scores
from confsys.reviewing.matching.solution import Solution
from confsys.reviewing.models import AssignmentRun
from confsys.reviewing.queries.material import material
from confsys.reviewing.queries.people import Who, people
from confsys.reviewing.queries.runs import Titled, titles
from confsys.reviewing.standing import REVIEWED
from confsys.reviewing.states import RunState

SHOWN = 20
#: Runs that hold an assignment.
SOLVED = (RunState.READY, RunState.APPLIED)


@dataclass(frozen=True)
class PaperInRun:
    """``rows``: those given first, then the best of the others. ``asked``: the reviewer somebody asks about."""

    number: int
    title: object
    score: float
    rows: list[Beside]
    people: dict[int, Who]
    asked: Beside | None
    exchange: Exchange | None
    papers: dict[int, Titled]
    total: float
    weights: Mapping[str, float]


def paper_in_run(run: AssignmentRun, number: int, standing: EventStanding, person_id: int | None) -> PaperInRun | None:
    """Scores as they are now, pairs as the run has them; None for a paper the viewer does not chair.

    Papers they do not chair take no part: neither in loads nor as something that could be exchanged.
    """
    papers = titles(standing)
    solution, parameters = Solution.of(run.result), Parameters.of(run.parameters)
    known = _of(material(run.event_id, standing.at, states=REVIEWED), papers)
    paper = next((each for each in known.papers if each.number == number), None)
    if paper is None:
        return None
    pairs = frozenset(pair for pair in solution.pairs if pair[0] in papers)
    chances = solution.lottery.chances if solution.lottery else None
    case = Case(known, parameters, pair_scores(known, parameters), pairs, chances)
    ranked = explaining.ranking(case, paper)
    asked = next((row for row in ranked if row.person == person_id), None)
    reviewer = next((each for each in known.reviewers if each.id == person_id), None)
    given = [row for row in ranked if row.given]
    return PaperInRun(
        number=number, title=papers[paper.id].title, score=round(sum(row.score for row in given), 4),
        rows=given + [row for row in ranked if not row.given][:SHOWN], people=people(row.person for row in ranked),
        asked=asked, exchange=explaining.exchange(case, paper, reviewer) if reviewer and asked else None, papers=papers,
        total=round(sum(case.score(*pair) for pair in case.pairs), 2), weights=parameters.weights.as_dict(),
    )  # fmt: skip


def _of(known: Material, papers: Mapping[int, Titled]) -> Material:
    """What is known of the papers in ``papers`` alone."""

    def here(pairs: frozenset[Pair]) -> frozenset[Pair]:
        return frozenset(pair for pair in pairs if pair[0] in papers)

    return replace(
        known, papers=tuple(paper for paper in known.papers if paper.id in papers), barred=here(known.barred),
        wrote=here(known.wrote), refused=here(known.refused),
        present={pair: state for pair, state in known.present.items() if pair[0] in papers},
    )  # fmt: skip


def found(who: Mapping[int, Who], text: str) -> list[Who]:
    """Reviewers by name or organisation, in order of names."""
    words = folded(text).split()
    rows = [each for each in who.values() if all(word in _known(each) for word in words)]
    return sorted(rows, key=lambda each: each.sort_key)


def _known(who: Who) -> str:
    return folded(f"{who.name.both} {who.sort_key} {who.organisation.en} {who.organisation.zh}")


@dataclass(frozen=True, slots=True)
class Figures:
    """A run in figures, over the papers the viewer chairs."""

    run_id: int
    parameters: Parameters
    total: float
    mean: float
    lowest: float
    tenth: float
    reviewers: int
    heaviest: int


@dataclass(frozen=True)
class TwoRuns:
    """``comparison``: what the second gives and the first does not, and the other way round."""

    first: Figures
    second: Figures
    comparison: Comparison
    papers: dict[int, Titled]
    people: dict[int, Who]
    bins: list[tuple[float, float]]
    counts: list[list[int]]
    same: int


def two_runs(first: AssignmentRun, second: AssignmentRun, standing: EventStanding) -> TwoRuns:
    """One run beside another, scored each by its own weights."""
    papers = titles(standing)
    a, b = (_pairs(run, papers) for run in (first, second))
    of_a, of_b = (compare(pairs, pairs, papers).scores for pairs in (a, b))
    bins, counts = histogram(list(of_a.values()), list(of_b.values()))
    return TwoRuns(
        _figures(first, a, of_a), _figures(second, b, of_b), compare(a, b, papers), papers,
        people(person for _, person in {*a, *b}), bins, counts, len(a.keys() & b.keys()),
    )  # fmt: skip


def _pairs(run: AssignmentRun, papers: Mapping[int, Titled]) -> dict[Pair, float]:
    return {pair: score for pair, score in Solution.of(run.result).pairs.items() if pair[0] in papers}


def _figures(run: AssignmentRun, pairs: Mapping[Pair, float], scores: Mapping[int, float]) -> Figures:
    ranked, loads = sorted(scores.values()), Counter(person for _, person in pairs)
    return Figures(
        run_id=run.id, parameters=Parameters.of(run.parameters), total=round(sum(ranked), 2),
        mean=round(sum(ranked) / len(ranked), 3) if ranked else 0.0, lowest=ranked[0] if ranked else 0.0,
        tenth=ranked[len(ranked) // 10] if ranked else 0.0, reviewers=len(loads),
        heaviest=max(loads.values(), default=0),
    )  # fmt: skip
