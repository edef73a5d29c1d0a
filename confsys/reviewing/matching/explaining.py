"""Why a run gave a paper to somebody, or did not: who was better, what stood against it, what forcing it would cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from confsys.reviewing.matching.material import Material, Pair, Paper, Parameters, Reviewer
from confsys.reviewing.matching.problem import kept
from confsys.reviewing.matching.scores import Voices


@dataclass(frozen=True, slots=True)
class Beside:
    """A reviewer beside a paper in a run. ``place``: rank by score among all, from 1.

    ``why`` says what stands against the pair, as a code: ``wrote``, ``conflict``, ``declined``, ``track``, ``none``
    (takes no papers), ``full`` (has as many as they may take), ``place_of`` (somebody of the same organisation is on
    it), ``returns`` (an author would be judged by whom they judge), empty when nothing does.
    """

    person: int
    place: int
    score: float
    voices: Voices
    given: bool
    load: int
    limit: int
    why: str
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """On ``paper``, ``comes`` in the place of ``goes``; either may be nobody."""

    paper: int
    comes: int | None
    goes: int | None


@dataclass(frozen=True)
class Exchange:
    """The cheapest way found to force a pair: what would move, how much the sum changes, the lowest score after it."""

    moves: tuple[Move, ...]
    change: float
    lowest: float


@dataclass(frozen=True)
class Case:
    """A run as it is asked about: what it was made from, what was wished, what it gives."""

    material: Material
    parameters: Parameters
    scores: Mapping[Pair, float]
    pairs: frozenset[Pair]
    chances: Mapping[Pair, float] | None = None

    def score(self, paper: int, person: int) -> float:
        return self.scores.get((paper, person), 0.0)

    def on(self, paper: int) -> list[int]:
        return sorted(person for other, person in self.pairs if other == paper)

    def of(self, person: int) -> list[int]:
        return sorted(paper for paper, other in self.pairs if other == person)

    def loads(self) -> Counter[int]:
        return Counter(person for _, person in self.pairs)


def ranking(case: Case, paper: Paper) -> list[Beside]:
    """Everybody who serves beside one paper, best score first."""
    loads, present = case.loads(), case.on(paper.id)
    rows = [
        (case.score(paper.id, reviewer.id), reviewer)
        for reviewer in case.material.reviewers
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[0], row[1].id))
    return [
        Beside(
            person=reviewer.id, place=place, score=score, voices=case.material.voices(paper, reviewer),
            given=reviewer.id in present, load=loads[reviewer.id], limit=case.parameters.load_for(reviewer),
            why="" if reviewer.id in present else against(case, paper, reviewer, present, loads[reviewer.id]),
            chance=None if case.chances is None else case.chances.get((paper.id, reviewer.id), 0.0),
        )
        for place, (score, reviewer) in enumerate(rows, 1)
    ]  # fmt: skip


def against(case: Case, paper: Paper, reviewer: Reviewer, present: list[int], load: int) -> str:
    """What stands against a pair, as a code; see Beside."""
    limit = case.parameters.load_for(reviewer)
    hard = case.material.bars(paper, reviewer)
    if hard:
        return hard
    if limit == 0:
        return "none"
    return _rule(case, paper.id, reviewer, present) or ("full" if load >= limit else "")


def _rule(case: Case, paper: int, reviewer: Reviewer, present: list[int]) -> str:
    """The rule that the newcomer would break beside ``present``."""
    if case.parameters.one_organisation and reviewer.organisations:
        places = {each.id: each.organisations for each in case.material.reviewers}
        if any(reviewer.organisations & places.get(who, frozenset()) for who in present):
            return "place_of"
    if case.parameters.no_returns:
        authors = {person for other, person in case.material.wrote if other == paper}
        theirs = {other for other, person in case.material.wrote if person == reviewer.id}
        if any((other, author) in case.pairs for other in theirs for author in authors):
            return "returns"
    return ""


def exchange(case: Case, paper: Paper, reviewer: Reviewer) -> Exchange | None:
    """The cheapest exchange on up to two papers that gives the paper to the reviewer; None when none is found."""
    if (paper.id, reviewer.id) in case.pairs or case.material.bars(paper, reviewer):
        return None
    tries = (_judged(case, moves) for moves in _moves(case, paper, reviewer))
    found = [each for each in tries if each is not None]
    return max(found, key=lambda each: (round(each.change, 6), each.lowest, -len(each.moves)), default=None)


def _moves(case: Case, paper: Paper, reviewer: Reviewer) -> Iterator[tuple[Move, ...]]:
    fixed = set(kept(case.material, case.parameters))
    present, loads = case.on(paper.id), case.loads()
    leaving: list[int | None] = [who for who in present if (paper.id, who) not in fixed]
    if len(present) < case.parameters.coverage_for(paper.id):
        leaving = [None]
    full = loads[reviewer.id] >= case.parameters.load_for(reviewer)
    if not full:
        yield from ((Move(paper.id, reviewer.id, goes),) for goes in leaving)
        return
    papers = {each.id: each for each in case.material.papers}
    for goes in leaving:
        for other in case.of(reviewer.id):
            if (other, reviewer.id) in fixed or other not in papers:
                continue
            staying = [who for who in case.on(other) if who != reviewer.id]
            for stand_in in case.material.reviewers:
                room = stand_in.id == goes or loads[stand_in.id] < case.parameters.load_for(stand_in)
                new = stand_in.id != reviewer.id and stand_in.id not in staying
                if room and new and not case.material.bars(papers[other], stand_in):
                    yield (Move(paper.id, reviewer.id, goes), Move(other, stand_in.id, reviewer.id))


def _judged(case: Case, moves: tuple[Move, ...]) -> Exchange | None:
    """What the moves would do; None when one breaks a rule of the run."""
    reviewers = {each.id: each for each in case.material.reviewers}
    pairs, change = set(case.pairs), 0.0
    for move in moves:
        if move.goes is not None:
            pairs.discard((move.paper, move.goes))
            change -= case.score(move.paper, move.goes)
        if move.comes is not None:
            pairs.add((move.paper, move.comes))
            change += case.score(move.paper, move.comes)
    after = Case(case.material, case.parameters, case.scores, frozenset(pairs))
    lowest = []
    for move in moves:
        team = after.on(move.paper)
        if move.comes is not None:
            others = [who for who in team if who != move.comes]
            if _rule(after, move.paper, reviewers[move.comes], others):
                return None
        if sum(reviewers[who].is_senior for who in team if who in reviewers) < case.parameters.seniors:
            return None
        lowest.append(sum(after.score(move.paper, who) for who in team))
    return Exchange(moves, round(change, 4), round(min(lowest), 4))
