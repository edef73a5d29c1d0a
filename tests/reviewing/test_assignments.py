"""Giving papers by hand: proposals, release, taking back, declining."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid
from confsys.core.mail import MailMessage
from confsys.events.states import Role
from confsys.reviewing.models import Assignment
from confsys.reviewing.operations import assignments
from confsys.reviewing.states import AssignmentState, ReviewState
from confsys.submissions.models import Submission
from tests import factories
from tests.reviewing import make

A = AssignmentState


def assign(paper: Submission, to: Person, by: Person) -> Assignment:
    return assignments.assign(paper, to, standing=make.to_paper(paper, by), actor=Actor(by.id), at=clock.now())


def mails() -> list[MailMessage]:
    return list(db.session.scalars(select(MailMessage).order_by(MailMessage.id)))


@pytest.fixture
def event(app: Flask):
    return factories.event()


def test_a_proposal_is_silent_and_release_writes_one_mail_a_reviewer(event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    papers = [factories.submission(event) for _ in range(3)]
    for paper in papers:
        assert assign(paper, reviewer, chair).state is A.PROPOSED
    assert mails() == []
    assert assignments.release(event, actor=Actor(chair.id), at=clock.now()) == 3
    [mail] = mails()
    assert mail.to_address == reviewer.emails[0].address
    assert all(paper.title.en in mail.text for paper in papers)
    assert mail.scope == "reviewing"


def test_releasing_again_tells_nobody_twice(event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    assign(factories.submission(event), reviewer, chair)
    assignments.release(event, actor=Actor(chair.id), at=clock.now())
    assert assignments.release(event, actor=Actor(chair.id), at=clock.now()) == 0
    assert len(mails()) == 1


def test_the_same_assignment_twice_leaves_no_second_trace(event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    paper = factories.submission(event)
    first = assign(paper, reviewer, chair)
    traces = db.session.scalar(select(func.count()).select_from(AuditEntry))
    assert assign(paper, reviewer, chair).id == first.id
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == traces


def test_nobody_is_given_a_paper_they_must_keep_away_from(event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    own = factories.submission(event, reviewer)
    barred = factories.submission(event)
    make.conflict(barred, reviewer)
    for paper in (own, barred):
        with pytest.raises(Invalid, match="conflict of interest"):
            assign(paper, reviewer, chair)


def test_only_those_who_serve_are_given_papers(event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    with pytest.raises(Invalid, match="does not review"):
        assign(factories.submission(event), factories.person(), chair)


def test_a_conflicted_chair_cannot_assign(event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    paper = factories.submission(event)
    make.conflict(paper, chair)
    with pytest.raises(Refused) as refusal:
        assign(paper, reviewer, chair)
    assert refusal.value.denial.hidden


def test_a_proposal_whose_reviewer_must_keep_away_by_now_is_not_released(event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    paper = factories.submission(event)
    row = assign(paper, reviewer, chair)
    make.conflict(paper, reviewer)
    assert assignments.release(event, actor=Actor(chair.id), at=clock.now()) == 0
    assert factories.refreshed(row).state is A.PROPOSED
    assert mails() == []


def test_taking_back_tells_only_those_who_knew(event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    paper = factories.submission(event)
    proposed = make.assignment(paper, make.reviewer(event), A.PROPOSED)
    released = make.assignment(paper, make.reviewer(event))
    for row in (proposed, released):
        assignments.take_back(row, standing=make.to_paper(paper, chair), actor=Actor(chair.id), at=clock.now())
        assert row.state is A.CANCELLED
    [mail] = mails()
    assert mail.person_id == released.person_id


def test_a_submitted_review_is_not_taken_away(event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    paper = factories.submission(event)
    make.form(event)
    row = make.reviewed(paper, make.reviewer(event)).assignment
    with pytest.raises(Invalid, match="submitted"):
        assignments.take_back(row, standing=make.to_paper(paper, chair), actor=Actor(chair.id), at=clock.now())


def test_declining_tells_the_chairs_who_may_know_and_keeps_the_draft(event) -> None:
    chair, conflicted = factories.grant(event, Role.CHAIR), factories.grant(event, Role.CHAIR)
    reviewer = make.reviewer(event)
    paper = factories.submission(event)
    make.conflict(paper, conflicted)
    row = make.assignment(paper, reviewer)
    draft = make.review(row, ReviewState.DRAFT)
    standing = make.to_paper(paper, reviewer)
    with pytest.raises(Invalid):
        assignments.decline(row, "  ", standing=standing, actor=Actor(reviewer.id), at=clock.now())
    assignments.decline(row, "on leave", standing=standing, actor=Actor(reviewer.id), at=clock.now())
    assert [mail.person_id for mail in mails()] == [chair.id]
    assert "on leave" in mails()[0].text
    again = assign(paper, reviewer, chair)
    assert (again.id, again.state, again.decline_reason) == (row.id, A.PROPOSED, "")
    assert factories.refreshed(draft).answers["text"] == "Sound work."


def test_a_reviewer_cannot_decline_for_another(event) -> None:
    paper = factories.submission(event)
    row, other = make.assignment(paper, make.reviewer(event)), make.reviewer(event)
    with pytest.raises(Refused) as refusal:
        assignments.decline(row, "no", standing=make.to_paper(paper, other), actor=Actor(other.id), at=clock.now())
    assert refusal.value.denial.hidden
