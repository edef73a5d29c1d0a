"""Scores without the habits of reviewers: computed after reviews come in, shown to chairs as a help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.reviewing.models import ScoreCalibration
from confsys.reviewing.operations import calibration
from confsys.reviewing.operations.reviews import save_review
from confsys.reviewing.queries.calibrated import calibrated
from confsys.submissions.models import Submission
from tests import factories
from tests.reviewing import make


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am")
    factories.stage(made, StageKind.REVIEW)
    make.form(made)
    return made


def judged(event: Event) -> tuple[list[Submission], Person, Person]:
    """Six papers, judged by somebody mild and somebody strict and a third who is neither."""
    papers = [factories.submission(event) for _ in range(6)]
    mild, strict, even = (make.reviewer(event) for _ in range(3))
    for place, paper in enumerate(papers):
        for someone, lean in ((mild, 2), (strict, -2), (even, 0)):
            make.reviewed(paper, someone, rating=4 + place % 3 + lean)
    return papers, mild, strict


def test_the_strict_and_the_mild_are_told_apart(event: Event) -> None:
    papers, mild, strict = judged(event)
    assert calibration.recalibrate(event.id, at=clock.now())
    found = calibrated(event.id)
    assert found.reviewers[mild.id].value > 1 > -1 > found.reviewers[strict.id].value
    assert {paper.id for paper in papers} == set(found.papers)
    assert all(estimate.error > 0 for estimate in found.papers.values())


def test_too_little_is_no_ground_for_an_estimate(event: Event) -> None:
    judged(event)
    assert calibration.recalibrate(event.id, at=clock.now())
    other = factories.event()
    make.reviewed(factories.submission(other), make.reviewer(other))
    assert not calibration.recalibrate(other.id, at=clock.now())
    assert db.session.get(ScoreCalibration, other.id) is None
    assert calibrated(other.id).at is None


def test_a_review_that_comes_in_asks_for_it_once_a_quarter(event: Event, client: FlaskClient) -> None:
    papers, mild, _ = judged(event)
    late = make.reviewer(event)
    row = make.assignment(papers[0], late)
    at = clock.now()
    save_review(
        row, make.ANSWERS, submit=True, version=None, standing=make.to_paper(papers[0], late), actor=Actor(late.id),
        at=at,
    )  # fmt: skip
    with clock.frozen(at + timedelta(minutes=16)):
        queue.drain()
    assert calibrated(event.id).at is not None
    chair = factories.grant(event, Role.CHAIR)
    factories.sign_in(client, chair)
    board = client.get("/events/am/review").get_data(as_text=True)
    assert "a help, not a verdict" in board
    assert " ± " in board
    page = client.get(f"/events/am/review/papers/{papers[0].number}").get_data(as_text=True)
    assert "As if every reviewer had judged it" in page
    assert f"{mild.name.both} scores" in page


def test_nobody_but_chairs_reads_habits(event: Event, client: FlaskClient) -> None:
    papers, mild, _ = judged(event)
    calibration.recalibrate(event.id, at=clock.now())
    for someone, address in (
        (mild, f"/events/am/reviews/{papers[0].number}"), (mild, "/events/am/reviews"), (mild, "/home"),
        (papers[0].authors[0].person, f"/events/am/my-papers/{papers[0].number}"),
    ):  # fmt: skip
        factories.sign_in(client, someone)
        page = client.get(address).get_data(as_text=True)
        assert " ± " not in page
        assert "habits" not in page
