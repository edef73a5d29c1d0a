"""Assignment runs: asked for, computed, then applied, taken back or thrown away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import enqueue
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.reviewing.matching.material import Material, Pair, Parameters
from confsys.reviewing.matching.solution import Solution
from confsys.reviewing.models import Assignment, AssignmentRun
from confsys.reviewing.operations.assignments import SCOPE, propose
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries.material import material
from confsys.reviewing.queries.scope import serving
from confsys.reviewing.states import RUN_TRANSITIONS, AssignmentState, RunState
from confsys.submissions.models import Submission

A = AssignmentState
JOB = "reviewing.assign"
LIMIT = 100


def _move(run: AssignmentRun, state: RunState) -> None:
    if state not in RUN_TRANSITIONS[run.state]:
        raise Invalid(_l("This is not possible in the run's present state."))
    run.state = state


@operation
def ask(event: Event, parameters: Parameters, *, actor: Actor, at: datetime) -> AssignmentRun:
    """Ask for an assignment; a job computes it. Nothing changes until it is applied."""
    for name in ("coverage", "load"):
        if not 1 <= getattr(parameters, name) <= LIMIT:
            raise Invalid(**{name: _l("Please give a number from 1 to %(limit)s.", limit=LIMIT)})
    if db.session.scalar(serving(event.id).limit(1)) is None:
        raise Invalid(_l("Nobody has agreed to review yet. Invite reviewers first."))
    run = AssignmentRun(
        event_id=event.id, parameters=parameters.as_dict(), created_at=at, created_by_id=actor.person_id
    )
    record("reviewing.run", run, actor=actor, at=at, event_id=event.id, scope=SCOPE, changes={})
    job = enqueue(JOB, key=f"{JOB}-{run.id}", actor=actor, at=at, event_id=event.id, run_id=run.id)
    run.job_id = job.id
    return run


@operation
def fill_gaps(event: Event, options: ReviewOptions, *, actor: Actor, at: datetime) -> AssignmentRun:
    """Ask for reviewers for the papers that lost one; nothing that stands moves. Wishes are those of the last run."""
    query = select(AssignmentRun.parameters).where(
        AssignmentRun.event_id == event.id, AssignmentRun.state == RunState.APPLIED
    )
    last = db.session.scalar(query.order_by(AssignmentRun.applied_at.desc(), AssignmentRun.id.desc()).limit(1))
    wishes = Parameters.of(last) if last else Parameters(coverage=options.coverage, load=options.load)
    return ask(event, replace(wishes, keep_proposals=True), actor=actor, at=at)


@operation
def keep_solution(run: AssignmentRun, solution: Solution | None, *, sentence: str = "") -> None:
    """Store what the job found: an assignment, the causes why there is none, or the sentence why it failed."""
    lock(run)
    if run.state is not RunState.COMPUTING:
        return  # thrown away meanwhile, or computed by a worker that was thought dead
    if solution is None:
        _move(run, RunState.FAILED)
        run.result = {"sentence": sentence}
        return
    _move(run, RunState.READY if solution.is_feasible else RunState.INFEASIBLE)
    run.result = solution.as_dict()


@dataclass(frozen=True, slots=True)
class Applied:
    """How many pairs were proposed and taken back, and how many left out since something changed.

    ``over``: reviewers who now have more papers than they may take, as can happen when only some papers are applied.
    """

    created: int
    cancelled: int
    skipped: int
    over: int = 0


@operation
def apply(
    run: AssignmentRun,
    *,
    papers: Collection[int] | None = None,
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> Applied:
    """Turn a computed run into proposals, of all papers or of those in ``papers`` (ids). What was released stays;
    nobody but chairs learns of it.

    Conflicts, withdrawals and departures since the computation are respected: such pairs are left out. A run that
    was applied to some papers can be applied to more.
    """
    lock(run)
    expect_version(run, version)
    if not (run.state is RunState.APPLIED and run.is_partial):
        _move(run, RunState.APPLIED)
    run.applied_at = at
    solution, parameters = Solution.of(run.result), Parameters.of(run.parameters)
    wanted = {pair: s for pair, s in solution.pairs.items() if papers is None or pair[0] in papers}
    known, now = _assignments(run.event_id), material(run.event_id, at)
    possible = _still_possible(now, wanted)
    created = []
    for pair, score in possible.items():
        row = known.get(pair)
        if row is not None and row.state in {A.PROPOSED, A.RELEASED}:
            continue
        row = propose(*pair, row, run_id=run.id, score=score, actor=actor, at=at)
        db.session.add(row)
        created.append(row)
    superseded = [] if parameters.keep_proposals else [
        row for pair, row in known.items()
        if row.state is A.PROPOSED and pair not in possible and row not in created and (not papers or pair[0] in papers)
    ]  # fmt: skip
    for row in superseded:
        row.state = A.CANCELLED
    db.session.flush()
    _keep_applied(run, created, superseded, papers)
    _record("reviewing.run_applied", run, actor=actor, at=at, created=len(created), cancelled=len(superseded))
    over = _over(now, parameters, [*known.values(), *created])
    return Applied(len(created), len(superseded), len(wanted) - len(possible), over)


def _keep_applied(
    run: AssignmentRun, created: list[Assignment], cancelled: list[Assignment], papers: Collection[int] | None
) -> None:
    """What an undo needs, added to what was applied of the run before."""
    before: dict[str, Any] = run.result.get("applied", {})
    done: dict[str, Any] = {
        "created": [*before.get("created", ()), *(row.id for row in created)],
        "cancelled": [*before.get("cancelled", ()), *(row.id for row in cancelled)],
        "papers": None if papers is None else sorted({*before.get("papers", ()), *papers}),
    }
    run.result = {**run.result, "applied": done}


def _over(now: Material, parameters: Parameters, rows: Collection[Assignment]) -> int:
    loads = Counter(row.person_id for row in {*rows} if row.state in {A.PROPOSED, A.RELEASED})
    return sum(loads[reviewer.id] > parameters.load_for(reviewer) for reviewer in now.reviewers)


def _assignments(event_id: int) -> dict[Pair, Assignment]:
    query = select(Assignment).join(Submission, Submission.id == Assignment.submission_id)
    rows = db.session.scalars(query.where(Submission.event_id == event_id, Assignment.person_id.is_not(None)))
    return {(row.submission_id, row.person_id or 0): row for row in rows}


def _still_possible(now: Material, pairs: Mapping[Pair, float]) -> dict[Pair, float]:
    papers, people = {paper.id for paper in now.papers}, {reviewer.id for reviewer in now.reviewers}
    away = now.barred | now.refused
    return {
        pair: score for pair, score in pairs.items() if pair[0] in papers and pair[1] in people and pair not in away
    }


@operation
def undo(run: AssignmentRun, *, version: int | None = None, actor: Actor, at: datetime) -> None:
    """Take an applied run back: what it proposed goes, what it replaced returns. Released papers stay given."""
    lock(run)
    expect_version(run, version)
    _move(run, RunState.READY)
    run.applied_at = None
    done: dict[str, Any] = run.result.get("applied", {})
    rows = {row.id: row for row in _assignments(run.event_id).values()}
    for assignment_id in done.get("created", []):
        row = rows.get(assignment_id)
        if row is not None and row.state is A.PROPOSED:
            row.state = A.CANCELLED
    for assignment_id in done.get("cancelled", []):
        row = rows.get(assignment_id)
        if row is not None and row.state is A.CANCELLED:
            row.state = A.PROPOSED
    run.result = {key: value for key, value in run.result.items() if key != "applied"}
    _record("reviewing.run_undone", run, actor=actor, at=at)


@operation
def discard(run: AssignmentRun, *, version: int | None = None, actor: Actor, at: datetime) -> None:
    """Throw a run away that was not applied."""
    lock(run)
    expect_version(run, version)
    _move(run, RunState.DISCARDED)
    _record("reviewing.run_discarded", run, actor=actor, at=at)


def _record(action: str, run: AssignmentRun, *, actor: Actor, at: datetime, **facts: Any) -> None:
    record(action, run, actor=actor, at=at, event_id=run.event_id, scope=SCOPE, changes={}, **facts)
