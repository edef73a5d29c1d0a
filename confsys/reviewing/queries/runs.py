"""Assignment runs as a chair may see them: pairs of papers they must keep away from do not exist there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.standing import EventStanding
from confsys.reviewing.matching.comparison import Comparison, compare, histogram
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.matching.poor import Poor
from confsys.reviewing.matching.solution import Cause, Lottery, Remedy, Solution
from confsys.reviewing.models import Assignment, AssignmentRun
from confsys.reviewing.queries.material import reviewers
from confsys.reviewing.queries.people import Who, people
from confsys.reviewing.queries.scope import LIVE, chaired
from confsys.reviewing.states import RunState
from confsys.reviewing.wording import RUN_TONES, RUN_WORDS
from confsys.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run in the list of runs."""

    id: int
    state: RunState
    created_at: datetime
    created_by: str
    parameters: Parameters
    job_id: int | None

    @property
    def word(self) -> Any:
        return RUN_WORDS[self.state]

    @property
    def tone(self) -> str:
        return RUN_TONES[self.state]


def runs(standing: EventStanding) -> list[RunRow]:
    """All runs of the event but those thrown away, newest first."""
    query = select(AssignmentRun).where(
        AssignmentRun.event_id == standing.event_id, AssignmentRun.state != RunState.DISCARDED
    )
    rows = list(db.session.scalars(query.order_by(AssignmentRun.id.desc()).limit(50)))
    names = people(row.created_by_id for row in rows if row.created_by_id is not None)
    return [
        RunRow(
            id=row.id, state=row.state, created_at=row.created_at, parameters=Parameters.of(row.parameters),
            created_by=names[row.created_by_id].name.both if row.created_by_id in names else "", job_id=row.job_id,
        )
        for row in rows
    ]  # fmt: skip


def run_of(event_id: int, run_id: int) -> AssignmentRun | None:
    query = select(AssignmentRun).where(AssignmentRun.id == run_id, AssignmentRun.event_id == event_id)
    return db.session.scalar(query)


@dataclass(frozen=True, slots=True)
class Titled:
    number: int
    title: LocalizedText


@dataclass(frozen=True, slots=True)
class Load:
    """Papers of one reviewer before and after, and how many they may take."""

    who: Who
    before: int
    after: int
    limit: int


@dataclass(frozen=True, slots=True)
class CauseView:
    """A cause in names. ``hidden``: it also concerns papers the viewer may not see, or only those."""

    rule: str
    papers: tuple[Titled, ...]
    people: tuple[Who, ...]
    needed: int
    available: int
    hidden: bool


@dataclass(frozen=True)
class Preview:
    """What a run would do, for one viewer."""

    parameters: Parameters
    comparison: Comparison
    papers: dict[int, Titled]
    people: dict[int, Who]
    loads: list[Load]
    bins: list[tuple[float, float]]
    scores_before: list[int]
    scores_after: list[int]
    causes: list[CauseView]
    remedies: tuple[Remedy, ...]
    total: float
    floor: float | None
    alternates: dict[int, tuple[int, ...]]
    poor: list[Poor]
    unmet: list[UnmetView]
    lottery: Lottery | None
    applied: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class UnmetView:
    """A wish granted in part. ``hidden``: it also concerns papers the viewer may not see."""

    rule: str
    papers: tuple[Titled, ...]
    wanted: float
    got: float
    hidden: bool


def titles(standing: EventStanding) -> dict[int, Titled]:
    """Number and title of the papers the viewer chairs, by id."""
    rows = db.session.execute(
        chaired(standing).with_only_columns(Submission.id, Submission.number, Submission.title)
    )  # fmt: skip
    return {row.id: Titled(row.number, row.title) for row in rows}


def preview(run: AssignmentRun, standing: EventStanding, load: int) -> Preview:
    """The run beside what stands now. ``load``: the event's own limit for reviewers who named none."""
    solution, parameters = Solution.of(run.result), Parameters.of(run.parameters)
    papers = titles(standing)
    present = _present(papers)
    shown = {pair: score for pair, score in solution.pairs.items() if pair[0] in papers}
    comparison = compare(present, shown if solution.is_feasible else present, papers)
    committee = reviewers(run.event_id)
    who = people({*(each.id for each in committee), *(person for _, person in {*present, *shown})})
    before = compare(present, present, papers).scores.values()
    bins, (scores_before, scores_after) = histogram(before, comparison.scores.values())
    limits = {
        each.id: parameters.load_of.get(each.id, parameters.load if each.load is None else each.load)
        for each in committee
    }  # fmt: skip
    return Preview(
        parameters=parameters, comparison=comparison, papers=papers, people=who,
        loads=_loads(comparison, who, limits, load), bins=bins, scores_before=scores_before, scores_after=scores_after,
        causes=[_cause(each, papers, who) for each in solution.causes],
        remedies=_remedies(solution.remedies, papers), total=round(sum(shown.values()), 2), floor=solution.floor,
        alternates={paper: tuple(found) for paper, found in solution.alternates.items() if paper in papers},
        poor=[each for each in solution.poor if each.paper in papers], unmet=_unmet(solution, papers),
        lottery=solution.lottery, applied=_applied(run),
    )  # fmt: skip


def _applied(run: AssignmentRun) -> frozenset[int] | None:
    """Ids of the papers an applied run was applied to; None when it was applied to all, or not at all."""
    papers = run.result.get("applied", {}).get("papers")
    return None if papers is None else frozenset(papers)


def _unmet(solution: Solution, papers: dict[int, Titled]) -> list[UnmetView]:
    return [
        UnmetView(
            each.rule, tuple(papers[p] for p in each.papers if p in papers), each.wanted, each.got,
            any(p not in papers for p in each.papers),
        )
        for each in solution.unmet
    ]  # fmt: skip


def _present(papers: dict[int, Titled]) -> dict[tuple[int, int], float]:
    query = select(Assignment.submission_id, Assignment.person_id, Assignment.score).where(
        Assignment.state.in_(LIVE), Assignment.person_id.is_not(None), Assignment.delegated_from_id.is_(None)
    )
    return {(p, r or 0): score or 0.0 for p, r, score in db.session.execute(query) if p in papers}


def _loads(comparison: Comparison, who: dict[int, Who], limits: dict[int, int], load: int) -> list[Load]:
    found = [
        Load(person, *comparison.loads.get(person.id, (0, 0)), limits.get(person.id, load)) for person in who.values()
    ]
    return sorted(found, key=lambda each: (-each.after, each.who.sort_key))


def _cause(cause: Cause, papers: dict[int, Titled], who: dict[int, Who]) -> CauseView:
    return CauseView(
        rule=cause.rule, papers=tuple(papers[paper] for paper in cause.papers if paper in papers),
        people=tuple(who[person] for person in cause.people if person in who), needed=cause.needed,
        available=cause.available, hidden=any(paper not in papers for paper in cause.papers),
    )  # fmt: skip


def _remedies(remedies: tuple[Remedy, ...], papers: dict[int, Titled]) -> tuple[Remedy, ...]:
    """Those the viewer can judge: a remedy that touches a paper they may not see is another chair's."""
    found = {
        each.action: each
        for each in reversed(remedies)
        if each.action != "lower_coverage" or all(paper in papers for paper in each.amounts)
    }
    return tuple(reversed(found.values()))


def relaxed(preview: Preview, remedy: Remedy) -> Parameters | None:
    """The same wishes with one remedy taken; None for a remedy that only people can take, such as inviting more."""
    parameters = preview.parameters
    if remedy.action == "lower_coverage":
        of = {p: parameters.coverage_of.get(p, parameters.coverage) - n for p, n in remedy.amounts.items()}
        return replace(parameters, coverage_of={**parameters.coverage_of, **of})
    if remedy.action == "raise_load":
        limits = {load.who.id: load.limit for load in preview.loads}
        more = {person: limits.get(person, parameters.load) + n for person, n in remedy.amounts.items()}
        return replace(parameters, load_of={**parameters.load_of, **more})
    if remedy.action == "raise_cap":
        least = max((cause.available for cause in preview.causes if cause.rule == "cap"), default=100)
        return replace(parameters, cap=least)
    if remedy.action == "waive":
        rules = {cause.rule for cause in preview.causes}
        return replace(
            parameters, seniors=0 if "seniors" in rules else parameters.seniors,
            one_organisation=parameters.one_organisation and "limit:organisation" not in rules,
            no_returns=parameters.no_returns and "cycle2" not in rules,
        )  # fmt: skip
    return None
