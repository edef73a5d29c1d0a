"""Asking a run: why somebody is on a paper, why not, what another way would cost, how two runs differ."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.reviewing.matching.explaining import Case, exchange, ranking
from confsys.reviewing.matching.material import Material, Paper, Parameters, Reviewer
from confsys.reviewing.matching.problem import pair_scores
from confsys.reviewing.matching.solution import Solution, solve
from confsys.reviewing.models import AssignmentRun, Bid
from confsys.reviewing.operations import runs
from confsys.reviewing.states import AssignmentState, BidValue, RunState
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.conftest import QueryCounter
from tests.reviewing import make
from tests.reviewing.test_matching import materials
from tests.reviewing.test_runs import computed, live

A = AssignmentState
ONE, TWO, THREE = (Paper(n, n) for n in (1, 2, 3))
ANN, BOB, CYD = (Reviewer(n, load=1, organisations=frozenset({n // 2})) for n in (11, 12, 13))
TEXT = {(1, 11): 0.9, (2, 11): 0.8, (1, 12): 0.4, (2, 12): 0.2, (3, 13): 0.5, (1, 13): 0.1}


def case(parameters: Parameters | None = None, **known: object) -> Case:
    material = Material(**{"papers": (ONE, TWO, THREE), "reviewers": (ANN, BOB, CYD), "text": TEXT, **known})
    wishes = parameters or Parameters(coverage=1, load=1)
    solution = solve(material, wishes)
    return Case(material, wishes, pair_scores(material, wishes), frozenset(solution.pairs))


def why(asked: Case, paper: Paper) -> dict[int, str]:
    return {row.person: "given" if row.given else row.why for row in ranking(asked, paper)}


def test_everybody_beside_a_paper_is_told_why_not() -> None:
    asked = case()
    assert asked.pairs == {(2, 11), (1, 12), (3, 13)}
    assert why(asked, ONE) == {11: "full", 12: "given", 13: "full"}
    assert [row.person for row in ranking(asked, ONE)] == [11, 12, 13]
    barred = case(barred=frozenset({(2, 11)}), refused=frozenset({(1, 12)}), wrote=frozenset({(3, 12)}))
    assert why(barred, TWO)[11] == "conflict"
    assert why(barred, ONE)[12] == "declined"
    assert why(barred, THREE)[12] == "wrote"


def test_a_rule_of_the_run_is_named_as_what_stands_against() -> None:
    wishes = Parameters(coverage=1, load=2, one_organisation=True)
    together = case(wishes, reviewers=tuple(Reviewer(n, organisations=frozenset({7})) for n in (11, 12, 13)))
    assert set(why(together, ONE).values()) == {"given", "place_of"}
    wishes = Parameters(coverage=1, load=1, no_returns=True)
    mutual = case(wishes, papers=(ONE, TWO), wrote=frozenset({(1, 11), (2, 12)}), text={(1, 12): 0.9, (2, 11): 0.2})
    assert mutual.pairs in ({(1, 12), (2, 13)}, {(1, 13), (2, 11)})
    assert "returns" in {why(mutual, ONE)[12], why(mutual, TWO)[11]}


def test_what_forcing_a_pair_would_cost_is_the_cheapest_exchange() -> None:
    asked = case()
    found = exchange(asked, ONE, ANN)
    assert found is not None
    assert [(move.paper, move.comes, move.goes) for move in found.moves] == [(1, 11, 12), (2, 12, 11)]
    assert found.change == pytest.approx(0.5 * (0.9 - 0.4 - 0.8 + 0.2))
    assert exchange(asked, ONE, BOB) is None, "has it already"
    assert exchange(case(barred=frozenset({(1, 11)})), ONE, ANN) is None


def test_what_was_given_out_is_never_exchanged() -> None:
    asked = case(present={(1, 12): A.RELEASED, (2, 11): A.RELEASED})
    assert exchange(asked, ONE, ANN) is None


@settings(deadline=None, max_examples=40)
@given(materials())
def test_no_exchange_betters_the_greatest_sum(material: Material) -> None:
    wishes = Parameters(coverage=1, load=2)
    solution = solve(material, wishes)
    if not solution.is_feasible:
        return
    asked = Case(material, wishes, pair_scores(material, wishes), frozenset(solution.pairs))
    for paper in material.papers:
        for reviewer in material.reviewers:
            found = exchange(asked, paper, reviewer)
            assert found is None or found.change <= 1e-6


def test_the_worst_papers_are_told_with_their_reasons() -> None:
    material = Material((ONE, TWO, THREE), (ANN, BOB, CYD), barred=frozenset({(1, 13)}), text=TEXT)
    poor = {each.paper: each for each in solve(material, Parameters(coverage=1, load=1)).poor}
    assert (poor[1].score, poor[1].alone) == (0.2, 0.45)
    assert (poor[1].barred, poor[1].busy) == (0, 1)
    assert (poor[2].score, poor[2].alone, poor[2].busy) == (0.4, 0.4, 0)


# --- pages


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event("am")


@pytest.fixture
def chair(event: Event) -> Person:
    return factories.grant(event, Role.CHAIR)


def see(client: FlaskClient, person: Person, address: str, status: int = 200, **options: object) -> str:
    factories.sign_in(client, person)
    answer = client.get(f"/events/am/review/{address}", **options)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


def contested(event: Event, size: int = 2) -> list[Person]:
    """Everybody can take one paper; the first reviewer wants the first and could take any other."""
    papers = [factories.submission(event) for _ in range(size)]
    people = [make.reviewer(event, load_max=1) for _ in range(size)]
    for place, paper in enumerate(papers):
        wish = BidValue.CAN if place else BidValue.WANT
        factories.saved(Bid(submission_id=paper.id, person_id=people[0].id, value=wish, at=clock.now()))
    return people


def numbers(event: Event) -> list[int]:
    """Of the event's papers, in the order they came."""
    rows = select(Submission.number).where(Submission.event_id == event.id).order_by(Submission.id)
    return list(db.session.scalars(rows))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chair_asks_why_and_why_not(event: Event, chair: Person, client: FlaskClient, language: str) -> None:
    people = contested(event)
    run = computed(event, chair, coverage=1)
    papers = dict(Solution.of(run.result).pairs.keys())
    assert papers[min(papers)] == people[0].id
    chair.locale = language
    factories.saved(chair)
    page = see(client, chair, f"runs/{run.id}/papers/{numbers(event)[1]}?person={people[0].id}")
    words = {"en": "has as many papers as they may take", "zh": "论文数已达上限"}
    assert words[language] in page
    assert {"en": "The sum of all scores", "zh": "所有得分之和"}[language] in page
    see(client, chair, f"runs/{run.id}/papers/{numbers(event)[0]}?person={people[0].id}&q=a")
    see(client, chair, f"runs/{run.id}")
    see(client, chair, f"runs/{run.id}/papers/9999", 404)


def test_a_paper_decided_since_is_still_explained(event: Event, chair: Person, client: FlaskClient) -> None:
    contested(event)
    run = computed(event, chair, coverage=1)
    for paper in db.session.scalars(select(Submission)):
        paper.state, paper.outcome_at = SubmissionState.ACCEPTED, clock.now()
    db.session.commit()
    see(client, chair, f"runs/{run.id}/papers/{numbers(event)[0]}")
    assert Solution.of(computed(event, chair, coverage=1).result).pairs == {}, "a new run has nothing to assign"


def test_pages_that_explain_ask_no_more_for_more(
    event: Event, chair: Person, client: FlaskClient, queries: QueryCounter
) -> None:
    counts = []
    for size in (1, 3):
        contested(event, size)
        run = computed(event, chair, coverage=1)
        addresses = (
            f"runs/{run.id}",
            f"runs/{run.id}/papers/{numbers(event)[0]}",
            f"runs/compare?first={run.id}&second={run.id}",
        )
        for address in addresses:
            see(client, chair, address)
        with queries as counted:
            for address in addresses:
                see(client, chair, address)
        counts.append(counted.count)
    assert counts[0] == counts[1]


def test_a_lottery_tells_its_number_its_cap_and_every_chance(event: Event, chair: Person, client: FlaskClient) -> None:
    contested(event, 3)
    run = computed(event, chair, coverage=1, objective="randomised", seed=7, cap=60, kept_share=50)
    lottery = Solution.of(run.result).lottery
    assert lottery is not None
    assert lottery.highest <= 0.6 + 1e-9
    assert sum(lottery.chances.values()) == pytest.approx(3, abs=0.05)
    again = computed(event, chair, coverage=1, objective="randomised", seed=7, cap=60, kept_share=50)
    assert Solution.of(again.result).pairs == Solution.of(run.result).pairs
    page = see(client, chair, f"runs/{run.id}")
    assert "drawn with the number 7, which draws the same again" in page
    assert "no pair is likelier than 60 %" in page
    assert f"{round(100 * next(iter(lottery.chances.values())))}%" in page.replace(" %", "%").replace("\u202f%", "%")


def test_a_cap_that_cannot_be_kept_names_one_that_can(event: Event, chair: Person, client: FlaskClient) -> None:
    contested(event, 2)
    run = computed(event, chair, coverage=1, objective="randomised", cap=20)
    assert run.state is RunState.INFEASIBLE
    page = see(client, chair, f"runs/{run.id}")
    assert "50 % is possible" in page
    factories.sign_in(client, chair)
    assert client.post(f"/events/am/review/runs/{run.id}/relax", data={"remedy": 0}).status_code == 303
    newest = db.session.scalars(select(AssignmentRun).order_by(AssignmentRun.id.desc())).first()
    assert newest is not None
    assert Parameters.of(newest.parameters).cap == 50


def test_two_runs_are_compared_by_paper(event: Event, chair: Person, client: FlaskClient) -> None:
    people = contested(event, 2)
    first = computed(event, chair, coverage=1)
    second = computed(event, chair, coverage=1, load_of={people[0].id: 2})
    page = see(client, chair, f"runs/compare?first={first.id}&second={second.id}")
    assert "only in Run" in page
    assert "1 reviewer has another limit" in page
    see(client, chair, f"runs/compare?first={first.id}&second=999", 404)
    see(client, make.reviewer(event), f"runs/compare?first={first.id}&second={second.id}", 404)


def test_a_paper_that_is_not_ones_own_to_chair_is_not_explained(event: Event, client: FlaskClient) -> None:
    conflicted, other = factories.grant(event, Role.CHAIR), factories.grant(event, Role.CHAIR)
    contested(event, 2)
    hidden = factories.submission(event)
    make.reviewer(event, load_max=1)
    make.conflict(hidden, conflicted)
    run = computed(event, other, coverage=1)
    person = Solution.of(run.result).pairs
    see(client, other, f"runs/{run.id}/papers/{hidden.number}")
    see(client, conflicted, f"runs/{run.id}/papers/{hidden.number}", 404)
    busy = next(who for paper, who in person if paper == hidden.id)
    page = see(client, conflicted, f"runs/{run.id}/papers/{numbers(event)[0]}?person={busy}")
    assert "0 of 1" in page, "what they carry on a paper that is not shown is not counted"


# --- applying some papers


def test_some_papers_are_applied_and_the_rest_later(event: Event, chair: Person, client: FlaskClient) -> None:
    contested(event, 3)
    run = computed(event, chair, coverage=1)
    factories.sign_in(client, chair)
    apply = f"/events/am/review/runs/{run.id}/apply"
    client.post(apply, data={"some": "1"})
    assert live(event) == set()
    client.post(apply, data={"some": "1", "selected": [str(numbers(event)[0])], "version": run.version})
    run = factories.refreshed(run)
    assert run.state is RunState.APPLIED
    assert run.is_partial
    assert {paper for paper, _ in live(event)} == {min(p for p, _ in Solution.of(run.result).pairs)}
    client.post(apply, data={"version": run.version})
    assert live(event) == set(Solution.of(run.result).pairs)
    run = factories.refreshed(run)
    assert not run.is_partial
    runs.undo(run, actor=Actor(chair.id), at=clock.now())
    assert live(event) == set()


def test_applying_some_papers_tells_who_has_too_many(event: Event, chair: Person) -> None:
    people = contested(event, 2)
    second = sorted(paper for paper, _ in Solution.of(computed(event, chair, coverage=1).result).pairs)[1]
    make.assignment(db.session.get_one(Submission, second), people[0], A.PROPOSED)
    run = computed(event, chair, coverage=1)
    (first,) = (paper for paper, who in Solution.of(run.result).pairs if who == people[0].id)
    done = runs.apply(run, papers=[first], actor=Actor(chair.id), at=clock.now())
    assert done.over == 1
