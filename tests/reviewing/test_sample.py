"""The room's part of the demo's story."""

from __future__ import annotations

import random

from flask import Flask
from sqlalchemy import func, select

from confsys.core import clock
from confsys.core.db import db
from confsys.events.states import Role
from confsys.reviewing.models import Assignment, Decision, Review
from confsys.reviewing.sample import tell
from confsys.reviewing.states import AssignmentState, ReviewState
from confsys.sample import Sample
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.reviewing import make


def test_the_story_has_reviews_in_every_state_and_decisions_partly_told(app: Flask) -> None:
    event = factories.event()
    make.form(event)
    papers = [factories.submission(event) for _ in range(9)]
    for _ in range(7):
        make.reviewer(event)
    people = {"chair": factories.grant(event, Role.CHAIR), "reviewer": factories.person()}
    tell(Sample(clock.now(), random.Random(20), people=people, events={"annual": event}))
    given = db.session.scalars(select(Assignment)).all()
    assert {row.state for row in given} == {AssignmentState.RELEASED}
    assert len(given) == 27
    states = set(db.session.scalars(select(Review.state)))
    assert states == {ReviewState.DRAFT, ReviewState.SUBMITTED}
    assert people["reviewer"].id in {row.person_id for row in given}
    told = {bool(decision.told) for decision in db.session.scalars(select(Decision))}
    assert told == {True, False}
    outcomes = {factories.refreshed(paper).state for paper in papers}
    assert outcomes & {SubmissionState.ACCEPTED, SubmissionState.REJECTED}
    assert db.session.scalar(select(func.count()).select_from(Review)) < len(given)


def test_without_papers_there_is_nothing_to_tell(app: Flask) -> None:
    tell(Sample(clock.now(), random.Random(20), events={"annual": factories.event()}))
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 0
