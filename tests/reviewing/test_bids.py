"""Bids and declared conflicts; reminders; what comes from elsewhere."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM, Actor
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.reviewing.models import Assignment, Bid, Decision, Review
from confsys.reviewing.operations import bids, committee, importing, reminders
from confsys.reviewing.operations.importing import ImportedDecision, ImportedReview
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.states import AssignmentState, BidValue, Outcome, ReviewState
from confsys.submissions.models import Conflict
from confsys.submissions.states import ConflictKind, ConflictSource, SubmissionState
from tests import factories
from tests.reviewing import make


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event()
    factories.stage(made, StageKind.BIDDING)
    return made


def bid(event: Event, someone, wishes) -> int:
    standing = make.to_event(event, someone)
    return bids.bid(wishes, standing=standing, actor=Actor(someone.id), at=clock.now())


def wishes_of(someone) -> dict[int, BidValue]:
    rows = db.session.scalars(select(Bid).where(Bid.person_id == someone.id).execution_options(populate_existing=True))
    return {row.submission_id: row.value for row in rows}


def test_bids_are_kept_changed_and_taken_back(event: Event) -> None:
    reviewer, paper = make.reviewer(event), factories.submission(event)
    assert bid(event, reviewer, {paper.number: BidValue.WANT}) == 1
    assert bid(event, reviewer, {paper.number: BidValue.WANT}) == 0
    assert bid(event, reviewer, {paper.number: BidValue.CAN}) == 1
    assert wishes_of(reviewer) == {paper.id: BidValue.CAN}
    assert bid(event, reviewer, {paper.number: None}) == 1
    assert wishes_of(reviewer) == {}


def test_a_hidden_paper_answers_a_bid_like_one_that_does_not_exist(event: Event) -> None:
    reviewer = make.reviewer(event)
    own, draft = factories.submission(event, reviewer), factories.submission(event, state=SubmissionState.DRAFT)
    barred, elsewhere = factories.submission(event), factories.submission(factories.event())
    make.conflict(barred, reviewer)
    for number in (own.number, draft.number, barred.number, elsewhere.number, 987654):
        assert bid(event, reviewer, {number: BidValue.WANT}) == 0
    assert wishes_of(reviewer) == {}


def test_bids_are_refused_when_bidding_is_over(app: Flask) -> None:
    event = factories.event()
    factories.stage(event, StageKind.BIDDING, opens_in=-9, due_in=-2)
    with pytest.raises(Refused):
        bid(event, make.reviewer(event), {1: BidValue.WANT})


def declare(event: Event, someone, number: int) -> bool:
    standing = make.to_event(event, someone)
    return bids.declare_conflict(
        number, ConflictKind.RELATION, standing=standing, actor=Actor(someone.id), at=clock.now()
    )


def test_a_declared_conflict_takes_bid_and_assignment_away(event: Event) -> None:
    reviewer, paper = make.reviewer(event), factories.submission(event)
    bid(event, reviewer, {paper.number: BidValue.WANT})
    row = make.assignment(paper, reviewer)
    assert declare(event, reviewer, paper.number)
    assert wishes_of(reviewer) == {}
    assert factories.refreshed(row).state is AssignmentState.DECLINED
    assert bid(event, reviewer, {paper.number: BidValue.WANT}) == 0
    [conflict] = db.session.scalars(select(Conflict))
    assert conflict.source is ConflictSource.DECLARED_BY_REVIEWER
    standing = make.to_event(event, reviewer)
    assert bids.withdraw_conflict(conflict, standing=standing, actor=Actor(reviewer.id), at=clock.now())
    assert bid(event, reviewer, {paper.number: BidValue.WANT}) == 1


def test_a_reviewer_cannot_take_back_what_somebody_else_set(event: Event) -> None:
    reviewer, other, paper = make.reviewer(event), make.reviewer(event), factories.submission(event)
    set_by_chair = make.conflict(paper, reviewer, pinned=True)
    of_other = make.conflict(paper, other, source=ConflictSource.DECLARED_BY_REVIEWER)
    standing = make.to_event(event, reviewer)
    for conflict in (set_by_chair, of_other):
        assert not bids.withdraw_conflict(conflict, standing=standing, actor=Actor(reviewer.id), at=clock.now())
    assert not declare(event, reviewer, 4711)


def remind(event: Event, chair, *people) -> int:
    ids = [someone.id for someone in people]
    standing = make.to_event(event, chair)
    return reminders.remind(event, ids, "Please.", standing=standing, actor=Actor(chair.id), at=clock.now())


def test_a_reminder_names_only_what_its_sender_may_see(event: Event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    seen, hidden, done = (factories.submission(event) for _ in range(3))
    make.conflict(hidden, chair)
    make.form(event)
    for paper in (seen, hidden):
        make.assignment(paper, reviewer)
    make.reviewed(done, reviewer)
    assert remind(event, chair, reviewer, make.reviewer(event)) == 1
    [mail] = db.session.scalars(select(MailMessage))
    assert seen.title.en in mail.text
    assert "Please." in mail.text
    assert hidden.title.en not in mail.text
    assert done.title.en not in mail.text
    assert remind(event, chair, reviewer) == 1
    assert len(db.session.scalars(select(MailMessage)).all()) == 1


def test_a_profile_keeps_only_topics_of_the_event(event: Event) -> None:
    reviewer = make.reviewer(event)
    for wrong in (-1, 101):
        with pytest.raises(Invalid):
            committee.set_profile(event, reviewer.id, load_max=wrong, actor=Actor(reviewer.id), at=clock.now())
    made = committee.set_profile(
        event, reviewer.id, load_max=4, topic_ids=[999], actor=Actor(reviewer.id), at=clock.now()
    )
    assert (made.load_max, made.topic_ids) == (4, [])
    with pytest.raises(Invalid):
        committee.set_profile(event, factories.person().id, load_max=4, actor=SYSTEM, at=clock.now())
    committee.set_options(event, ReviewOptions(coverage=4), 3, version=None, actor=SYSTEM, at=clock.now())
    assert ReviewOptions.of(factories.refreshed(event)) == ReviewOptions(coverage=4)


def test_imported_reviews_and_decisions_are_in_place_and_nobody_is_told(event: Event) -> None:
    papers = [factories.submission(event) for _ in range(2)]
    importing.ensure_form(event, rating=(1, 10), confidence=(1, 5), actor=SYSTEM, at=clock.now())
    importing.ensure_form(event, rating=(1, 10), confidence=(1, 5), actor=SYSTEM, at=clock.now())
    with pytest.raises(Invalid):
        importing.ensure_form(event, rating=(0, 10), confidence=(1, 5), actor=SYSTEM, at=clock.now())
    given = {
        papers[0].id: [ImportedReview("Text", "Title", 7, 4), ImportedReview("Other", rating=5)],
        papers[1].id: [ImportedReview("Third", rating=1, confidence=1)],
    }
    assert importing.import_reviews(event, given, actor=SYSTEM, at=clock.now()) == 3
    rows = db.session.scalars(select(Review).order_by(Review.id)).all()
    assert [row.overall for row in rows] == [7, 5, 1]
    assert rows[0].answers == {"rating": 7, "confidence": 4, "review": "Title\n\nText"}
    assert {row.state for row in rows} == {ReviewState.SUBMITTED}
    assert [row.label for row in db.session.scalars(select(Assignment).order_by(Assignment.id))] == [
        "Reviewer 1", "Reviewer 2", "Reviewer 1"
    ]  # fmt: skip
    decided = {papers[0].id: ImportedDecision(Outcome.ACCEPT, "oral"), papers[1].id: ImportedDecision(Outcome.REJECT)}
    importing.import_decisions(event, decided, released=True, actor=SYSTEM, at=clock.now())
    assert [factories.refreshed(paper).state for paper in papers] == [
        SubmissionState.ACCEPTED,
        SubmissionState.REJECTED,
    ]
    assert not any(row.is_waiting for row in db.session.scalars(select(Decision)))
    assert db.session.scalars(select(MailMessage)).all() == []
