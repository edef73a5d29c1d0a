"""Assignment runs: computed by a job, looked at, applied, taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.accounts.models import Affiliation, Organisation, Person
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.matching.solution import Solution
from confsys.reviewing.models import Assignment, AssignmentRun, Bid
from confsys.reviewing.operations import runs
from confsys.reviewing.states import AssignmentState, BidValue, RunState
from tests import factories
from tests.reviewing import make

A = AssignmentState


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event()


@pytest.fixture
def chair(event: Event) -> Person:
    return factories.grant(event, Role.CHAIR)


def computed(event: Event, chair: Person, **parameters: object) -> AssignmentRun:
    given = {"coverage": 2, "load": 3, **parameters}
    run = runs.ask(event, Parameters(**given), actor=Actor(chair.id), at=clock.now())
    queue.drain()
    return factories.refreshed(run)


def states(event: Event) -> dict[tuple[int, int], AssignmentState]:
    rows = db.session.scalars(select(Assignment).execution_options(populate_existing=True))
    return {(row.submission_id, row.person_id): row.state for row in rows}


def live(event: Event) -> set[tuple[int, int]]:
    return {pair for pair, state in states(event).items() if state in {A.PROPOSED, A.RELEASED}}


def test_a_run_changes_nothing_until_it_is_applied(event: Event, chair: Person) -> None:
    papers = [factories.submission(event) for _ in range(3)]
    for _ in range(3):
        make.reviewer(event)
    run = computed(event, chair)
    assert run.state is RunState.READY
    assert states(event) == {}
    applied = runs.apply(run, version=run.version, actor=Actor(chair.id), at=clock.now())
    assert (applied.created, applied.cancelled, applied.skipped) == (6, 0, 0)
    assert set(states(event).values()) == {A.PROPOSED}
    assert {paper for paper, _ in live(event)} == {paper.id for paper in papers}
    assert db.session.scalars(select(MailMessage)).all() == []


def test_a_run_respects_conflicts_loads_refusals_and_wishes(event: Event, chair: Person) -> None:
    first, second = factories.submission(event), factories.submission(event)
    wants, barred, busy, refuses = (
        make.reviewer(event), make.reviewer(event), make.reviewer(event, load_max=0), make.reviewer(event),
    )  # fmt: skip
    make.conflict(first, barred)
    make.assignment(first, refuses, A.DECLINED)
    factories.saved(Bid(submission_id=first.id, person_id=wants.id, value=BidValue.WANT, at=clock.now()))
    run = computed(event, chair, coverage=1)
    pairs = Solution.of(run.result).pairs
    assert (first.id, wants.id) in pairs
    assert {person for paper, person in pairs if paper == first.id} == {wants.id}
    assert busy.id not in {person for _, person in pairs}
    assert len([pair for pair in pairs if pair[0] == second.id]) == 1


def test_released_papers_stand_and_proposals_are_thought_over(event: Event, chair: Person) -> None:
    paper = factories.submission(event)
    released, proposed, wanted = make.reviewer(event), make.reviewer(event), make.reviewer(event)
    make.assignment(paper, released)
    make.assignment(paper, proposed, A.PROPOSED)
    factories.saved(Bid(submission_id=paper.id, person_id=wanted.id, value=BidValue.WANT, at=clock.now()))
    run = computed(event, chair)
    runs.apply(run, actor=Actor(chair.id), at=clock.now())
    assert states(event) == {
        (paper.id, released.id): A.RELEASED, (paper.id, proposed.id): A.CANCELLED, (paper.id, wanted.id): A.PROPOSED,
    }  # fmt: skip
    runs.undo(factories.refreshed(run), actor=Actor(chair.id), at=clock.now())
    assert states(event) == {
        (paper.id, released.id): A.RELEASED, (paper.id, proposed.id): A.PROPOSED, (paper.id, wanted.id): A.CANCELLED,
    }  # fmt: skip
    assert factories.refreshed(run).state is RunState.READY


def test_proposals_are_kept_when_asked_for(event: Event, chair: Person) -> None:
    paper, proposed = factories.submission(event), make.reviewer(event)
    make.reviewer(event)
    make.assignment(paper, proposed, A.PROPOSED)
    run = computed(event, chair, keep_proposals=True)
    runs.apply(run, actor=Actor(chair.id), at=clock.now())
    assert states(event)[paper.id, proposed.id] is A.PROPOSED
    assert len(live(event)) == 2


def test_what_changed_since_is_left_out(event: Event, chair: Person) -> None:
    paper, reviewer = factories.submission(event), make.reviewer(event)
    run = computed(event, chair, coverage=1)
    make.conflict(paper, reviewer)
    applied = runs.apply(run, actor=Actor(chair.id), at=clock.now())
    assert (applied.created, applied.skipped) == (0, 1)
    assert live(event) == set()


def test_applying_twice_is_refused(event: Event, chair: Person) -> None:
    factories.submission(event)
    make.reviewer(event)
    run = computed(event, chair, coverage=1)
    seen = run.version
    runs.apply(run, version=seen, actor=Actor(chair.id), at=clock.now())
    with pytest.raises(StaleVersion):
        runs.apply(run, version=seen, actor=Actor(chair.id), at=clock.now())
    with pytest.raises(Invalid):
        runs.apply(factories.refreshed(run), actor=Actor(chair.id), at=clock.now())


def test_what_cannot_be_done_names_its_causes_and_remedies(event: Event, chair: Person) -> None:
    paper = factories.submission(event)
    make.reviewer(event)
    run = computed(event, chair, coverage=2)
    assert run.state is RunState.INFEASIBLE
    solution = Solution.of(run.result)
    assert any(paper.id in cause.papers for cause in solution.causes)
    assert {remedy.action for remedy in solution.remedies} >= {"lower_coverage"}
    lowered = next(remedy for remedy in solution.remedies if remedy.action == "lower_coverage")
    again = computed(event, chair, coverage=2, coverage_of={p: 2 - n for p, n in lowered.amounts.items()})
    assert again.state is RunState.READY


def test_a_reviewer_for_one_track_gets_no_paper_of_another(event: Event, chair: Person) -> None:
    one, two = factories.track(event), factories.track(event)
    of_one, of_two = factories.submission(event, track_id=one.id), factories.submission(event, track_id=two.id)
    bound = factories.grant(event, Role.REVIEWER, track_id=one.id)
    free = make.reviewer(event)
    pairs = Solution.of(computed(event, chair, coverage=1).result).pairs
    assert set(pairs) == {(of_one.id, bound.id), (of_two.id, free.id)} or set(pairs) == {
        (of_one.id, free.id), (of_two.id, free.id)
    }  # fmt: skip


def test_a_job_that_runs_again_changes_nothing(event: Event, chair: Person) -> None:
    factories.submission(event)
    make.reviewer(event)
    run = computed(event, chair, coverage=1)
    runs.apply(run, actor=Actor(chair.id), at=clock.now())
    runs.keep_solution(run, Solution())
    assert factories.refreshed(run).state is RunState.APPLIED
    assert Solution.of(run.result).pairs


@pytest.mark.parametrize("wrong", [{"coverage": 0}, {"load": 0}, {"load": 1000}])
def test_numbers_without_sense_are_refused(event: Event, chair: Person, wrong: dict[str, int]) -> None:
    with pytest.raises(Invalid) as objection:
        computed(event, chair, **wrong)
    assert set(objection.value.fields) == set(wrong)


@pytest.mark.parametrize("objective", ["fair", "leximin", "randomised"])
def test_every_way_of_being_best_gives_an_assignment(event: Event, chair: Person, objective: str) -> None:
    for _ in range(3):
        factories.submission(event)
        make.reviewer(event)
    solution = Solution.of(computed(event, chair, objective=objective).result)
    assert len(solution.pairs) == 6


def test_a_wish_for_seniors_is_kept_or_said_to_be_too_much(event: Event, chair: Person) -> None:
    paper = factories.submission(event)
    make.reviewer(event)
    make.reviewer(event)
    run = computed(event, chair, seniors=1)
    assert run.state is RunState.INFEASIBLE
    assert [cause.rule for cause in Solution.of(run.result).causes] == ["seniors"]
    senior = make.reviewer(event, is_senior=True)
    assert (paper.id, senior.id) in Solution.of(computed(event, chair, seniors=1).result).pairs


def test_authors_do_not_review_each_other_where_the_chair_says_so(event: Event, chair: Person) -> None:
    first, second = make.reviewer(event), make.reviewer(event)
    make.reviewer(event), make.reviewer(event)
    papers = [factories.submission(event, first), factories.submission(event, second)]
    pairs = Solution.of(computed(event, chair, no_returns=True).result).pairs
    assert len(pairs) == 4
    assert not {(papers[0].id, second.id), (papers[1].id, first.id)} <= set(pairs)


def test_two_of_one_place_do_not_review_one_paper_together(event: Event, chair: Person) -> None:
    place = factories.saved(Organisation(name=LocalizedText("Institute", "研究所")))
    colleagues = [make.reviewer(event), make.reviewer(event)]
    for each in colleagues:
        factories.saved(Affiliation(person_id=each.id, organisation_id=place.id))
    make.reviewer(event)
    factories.submission(event)
    pairs = Solution.of(computed(event, chair, one_organisation=True).result).pairs
    assert len({person for _, person in pairs} & {each.id for each in colleagues}) == 1
