"""The pages at the size of a real conference: ICLR 2017, 490 papers, 300 reviewers made from its authors."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import SYSTEM, Actor
from confsys.core.db import db
from confsys.events.models import Event, RoleGrant
from confsys.events.states import GrantState, Role, StageKind
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.matching.solution import Solution
from confsys.reviewing.models import AssignmentRun
from confsys.reviewing.operations import runs
from confsys.reviewing.states import RunState
from confsys.submissions.importing import extras
from confsys.submissions.importing.reading import read
from confsys.submissions.models import Submission
from confsys.submissions.operations.importing import import_papers
from tests import factories
from tests.conftest import QueryCounter
from tests.shared import shared

DATA = "data/conferences/iclr2017.json"
PAPERS, REVIEWERS = 490, 300
#: CPU seconds and queries a page may take, whatever else the machine does.
PAGE_SECONDS, RUN_SECONDS, QUERIES = 3.0, 25.0, 30


@pytest.fixture
def event(app: Flask) -> Event:
    raw = shared(DATA).read_bytes()
    made = factories.event("iclr")
    for kind in (StageKind.BIDDING, StageKind.REVIEW):
        factories.stage(made, kind)
    import_papers(made, read(raw, "iclr2017.json"), extras=extras.chosen(["reviewers"]), actor=SYSTEM, at=clock.now())
    serving = select(RoleGrant).where(RoleGrant.event_id == made.id, RoleGrant.role == Role.REVIEWER)
    for grant in db.session.scalars(serving.order_by(RoleGrant.id)).all()[REVIEWERS:]:
        grant.state = GrantState.WITHDRAWN
    db.session.commit()
    return made


def computed(event: Event, chair: Person, **wishes: object) -> AssignmentRun:
    run = runs.ask(event, Parameters(**{"coverage": 3, "load": 6, **wishes}), actor=Actor(chair.id), at=clock.now())
    cpu = time.process_time()
    queue.drain()
    assert time.process_time() - cpu < RUN_SECONDS
    return factories.refreshed(run)


def test_a_chair_works_at_the_size_of_iclr(event: Event, client: FlaskClient, queries: QueryCounter) -> None:
    """First with too few reviewers, told in words with a way out; then with enough, in every page of a run."""
    chair = factories.grant(event, Role.CHAIR)
    factories.sign_in(client, chair)
    short = computed(event, chair, load=4)
    assert short.state is RunState.INFEASIBLE, "490 papers need 1,470 reviews; 300 reviewers of four papers offer 1,200"
    told = client.get(f"/events/iclr/review/runs/{short.id}").get_data(as_text=True).replace(",", "")
    assert "need 1470 reviews" in told
    assert "offer 1200" in told
    assert "What would help" in told
    best, drawn = computed(event, chair), computed(event, chair, objective="randomised", seed=3)
    solution = Solution.of(best.result)
    assert best.state is drawn.state is RunState.READY
    assert len({paper for paper, _ in solution.pairs}) == PAPERS
    assert len(solution.pairs) == 3 * PAPERS
    assert Solution.of(drawn.result).total >= 0.9 * solution.total
    (paper, person), *_ = solution.pairs
    number = db.session.get_one(Submission, paper).number
    pages = (
        "review", "review/runs", f"review/runs/{best.id}", f"review/runs/{drawn.id}",
        f"review/runs/compare?first={best.id}&second={drawn.id}",
        f"review/runs/{best.id}/papers/{number}?person={person}", f"review/papers/{number}/assign", "review/committee",
        f"review/committee/{person}", "review/conflicts", "review/bids-that-stand-out", "review/assignments.csv",
    )  # fmt: skip
    for page in pages:
        cpu = time.process_time()
        with queries as counted:
            answer = client.get(f"/events/iclr/{page}")
        assert answer.status_code == 200, page
        assert counted.count <= QUERIES, (page, counted.count)
        assert time.process_time() - cpu < PAGE_SECONDS, page
