"""Writing reviews: drafts, versions, submission; and who reads which field."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.events.states import Role, StageKind
from confsys.reviewing.models import Assignment, Review
from confsys.reviewing.operations import reviews
from confsys.reviewing.operations.reviews import UNWRITTEN, Saved
from confsys.reviewing.queries.reviews import reviews_for
from confsys.reviewing.states import AssignmentState, ReviewState
from tests import factories
from tests.reviewing import make

WHOLE = {"rating": "7", "confidence": "3", "text": "Good.", "secret": "Weak.", "peers": "Hm."}


@pytest.fixture
def given(app: Flask) -> Assignment:
    event = factories.event()
    make.form(event)
    return make.assignment(factories.submission(event), make.reviewer(event))


def save(row: Assignment, answers: dict[str, Any], *, submit: bool = False, version: int | None = None) -> Saved:
    standing = make.to_paper(row.submission, row.person)
    return reviews.save_review(
        row, answers, submit=submit, version=version, standing=standing, actor=Actor(row.person_id), at=clock.now()
    )  # fmt: skip


def test_a_draft_takes_anything_and_leaves_no_trace(given: Assignment) -> None:
    saved = save(given, {"text": "Half a th", "rating": "99"}, version=UNWRITTEN)
    assert saved.review.state is ReviewState.DRAFT
    assert saved.review.answers == {"text": "Half a th"}
    assert set(saved.missing) == {"rating", "confidence"}
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_submitting_with_something_missing_keeps_a_draft_and_says_what(given: Assignment) -> None:
    saved = save(given, {"text": "All I have."}, submit=True)
    assert saved.review.state is ReviewState.DRAFT
    assert set(saved.missing) == {"rating", "confidence"}


def test_a_whole_review_is_submitted_with_its_scores(given: Assignment) -> None:
    review = save(given, WHOLE, submit=True).review
    assert review.state is ReviewState.SUBMITTED
    assert (review.overall, review.confidence) == (7.0, 3.0)
    [entry] = db.session.scalars(select(AuditEntry))
    assert (entry.action, entry.scope, entry.changes) == ("reviewing.review_submitted", "reviewing", {})


def test_a_submitted_review_stays_submitted_when_edited(given: Assignment) -> None:
    save(given, WHOLE, submit=True)
    review = save(given, {**WHOLE, "text": "Better said."}).review
    assert review.state is ReviewState.SUBMITTED
    assert review.answers["text"] == "Better said."


def test_a_submitted_review_cannot_become_incomplete(given: Assignment) -> None:
    review = save(given, WHOLE, submit=True).review
    with pytest.raises(Invalid) as objection:
        save(given, {**WHOLE, "rating": ""})
    assert set(objection.value.fields) == {"rating"}
    assert factories.refreshed(review).answers["rating"] == 7


def test_a_stale_first_save_makes_no_review(given: Assignment) -> None:
    save(given, WHOLE, version=UNWRITTEN)
    with pytest.raises(StaleVersion):
        save(given, {**WHOLE, "text": "From another tab."}, version=UNWRITTEN)
    [review] = db.session.scalars(select(Review))
    assert factories.refreshed(review).answers["text"] == "Good."


def test_a_stale_second_save_is_refused_too(given: Assignment) -> None:
    version = save(given, WHOLE, version=UNWRITTEN).review.version
    save(given, {**WHOLE, "text": "One."}, version=version)
    with pytest.raises(StaleVersion):
        save(given, {**WHOLE, "text": "Two."}, version=version)


def test_after_the_review_stage_nothing_is_saved(given: Assignment) -> None:
    factories.stage(given.submission.event, StageKind.REVIEW, opens_in=-9, due_in=-2)
    with pytest.raises(Refused):
        save(given, WHOLE)
    assert db.session.scalar(select(func.count()).select_from(Review)) == 0


def test_grace_lets_a_late_review_pass(given: Assignment) -> None:
    factories.stage(given.submission.event, StageKind.REVIEW, opens_in=-9, due_in=-1, grace_hours=48)
    assert save(given, WHOLE, submit=True).review.state is ReviewState.SUBMITTED


def test_nobody_writes_for_another_reviewer(given: Assignment) -> None:
    other = make.reviewer(given.submission.event)
    with pytest.raises(Refused) as refusal:
        reviews.save_review(
            given, WHOLE, submit=False, version=None, standing=make.to_paper(given.submission, other),
            actor=Actor(other.id), at=clock.now(),
        )  # fmt: skip
    assert refusal.value.denial.hidden


def texts(row: Assignment, reader: Any) -> str:
    standing = make.to_paper(row.submission, reader)
    views = reviews_for(standing, row.submission.event_id, "en")
    return " ".join(answer.text for view in views for answer in view.answers)


def test_each_circle_reads_its_own_fields(given: Assignment) -> None:
    save(given, WHOLE, submit=True)
    event = given.submission.event
    chair = factories.grant(event, Role.CHAIR)
    peer = make.reviewer(event)
    make.reviewed(given.submission, peer, text="Mine.")
    author = given.submission.authors[0].person
    assert "Weak." in texts(given, chair)
    assert "Hm." in texts(given, peer)
    assert "Weak." not in texts(given, peer)
    assert "Good." in texts(given, author)
    assert "Hm." not in texts(given, author)
    assert "Weak." not in texts(given, author)


def test_only_chairs_learn_who_wrote_a_review(given: Assignment) -> None:
    save(given, WHOLE, submit=True)
    event = given.submission.event
    peer = make.reviewer(event)
    make.reviewed(given.submission, peer)
    chair = factories.grant(event, Role.CHAIR)
    for reader, knows in ((chair, True), (peer, False), (given.submission.authors[0].person, False)):
        views = reviews_for(make.to_paper(given.submission, reader), event.id, "en")
        assert all((view.reviewer is not None) is knows for view in views)
        assert all((view.reviewer_id is not None) is knows for view in views)


def test_drafts_and_reviews_of_declined_papers_are_nobodys_reading(given: Assignment) -> None:
    save(given, WHOLE)
    declined = make.assignment(given.submission, make.reviewer(given.submission.event), AssignmentState.DECLINED)
    make.review(declined)
    chair = factories.grant(given.submission.event, Role.CHAIR)
    assert reviews_for(make.to_paper(given.submission, chair), given.submission.event_id, "en") == []
