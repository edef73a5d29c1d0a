"""A suspension keeps from reviewing wherever people are found for papers, says nothing of why, and ends with a word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.mail.models import MailMessage
from confsys.events.invitees import Invitee
from confsys.events.models import Event, RoleGrant
from confsys.events.operations import roles
from confsys.events.states import GrantState, Role
from confsys.members.models import Sanction
from confsys.members.operations import integrity
from confsys.members.states import CaseOutcome
from confsys.reviewing.models import Assignment
from confsys.reviewing.operations import assignments
from confsys.reviewing.queries.candidates import candidates_for, papers_for
from confsys.reviewing.queries.material import material
from confsys.reviewing.states import AssignmentState
from tests import factories
from tests.conftest import NOW
from tests.members.test_integrity import LATER, Case
from tests.reviewing import make as review

DAY = NOW.date()


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event()


def suspend(person: Person, **columns: object) -> Sanction:
    given = {"starts_on": DAY, "ends_on": DAY + timedelta(days=90), **columns}
    return factories.saved(Sanction(person_id=person.id, **given))


def test_nobody_gives_a_paper_to_somebody_suspended(event: Event) -> None:
    chair, reviewer, fair = factories.grant(event, Role.CHAIR), review.reviewer(event), review.reviewer(event)
    paper = factories.submission(event)
    standing = review.to_paper(paper, chair)
    assert {row.person_id for row in candidates_for(paper, event, standing.event).rows} == {reviewer.id, fair.id}
    suspend(reviewer)
    with pytest.raises(Invalid, match="cannot be given papers at present") as refused:
        assignments.assign(paper, reviewer, standing=standing, actor=Actor(chair.id), at=NOW)
    assert "suspen" not in str(refused.value.fields).lower()
    assert [row.person_id for row in candidates_for(paper, event, standing.event).rows] == [fair.id]
    assert papers_for(reviewer.id, event, standing.event) == []
    assert [row.id for row in material(event.id, NOW).reviewers] == [fair.id]
    assert len(material(event.id, NOW + timedelta(days=91)).reviewers) == 2


def test_a_proposal_to_somebody_suspended_is_not_released(event: Event) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), review.reviewer(event)
    row: Assignment = review.assignment(factories.submission(event), reviewer, AssignmentState.PROPOSED)
    suspend(reviewer)
    assert assignments.release(event, actor=Actor(chair.id), at=NOW) == 0
    assert factories.refreshed(row).state is AssignmentState.PROPOSED
    assert assignments.release(event, actor=Actor(chair.id), at=NOW + timedelta(days=91)) == 1


@pytest.mark.parametrize(
    ("role", "asked"), [(Role.REVIEWER, 0), (Role.HELPER, 1)], ids=["a reviewer is not asked", "a helper is"]
)
def test_a_suspension_bars_from_invitations_to_review(event: Event, role: Role, asked: int) -> None:
    chair, person = factories.grant(event, Role.ORGANISER), factories.person()
    suspend(person)
    address = person.emails[0].address
    done = roles.invite(event, [Invitee(address)], role, actor=Actor(chair.id), at=NOW)
    assert (len(done.asked), list(done.unavailable)) == (asked, [] if asked else [address])
    mails = db.session.scalar(select(func.count(MailMessage.id)).where(MailMessage.to_address == address))
    assert mails == asked


def test_who_was_asked_before_cannot_accept_meanwhile(event: Event) -> None:
    chair, person = factories.grant(event, Role.ORGANISER), factories.person()
    roles.invite(event, [Invitee(person.emails[0].address)], Role.REVIEWER, actor=Actor(chair.id), at=NOW)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.REVIEWER)).one()
    suspend(person, ends_on=DAY + timedelta(days=3))
    with pytest.raises(Invalid, match="cannot review at present"):
        roles.invite_again(event, grant, actor=Actor(chair.id), at=NOW)
    with pytest.raises(Invalid, match="keeps you from reviewing"):
        roles.accept(grant, person, at=NOW)
    roles.accept(grant, person, at=NOW + timedelta(days=4))
    assert factories.refreshed(grant).state is GrantState.ACTIVE


def test_one_that_bars_from_submitting_alone_leaves_reviewing_open(event: Event) -> None:
    reviewer = review.reviewer(event)
    suspend(reviewer, bars_reviewing=False)
    assert [row.id for row in material(event.id, NOW).reviewers] == [reviewer.id]


def test_the_end_of_a_suspension_is_told_once_and_confidentially(app: Flask) -> None:
    until = date(2026, 6, 30)
    case = Case().decide(CaseOutcome.SUSPENDED, until).close()
    over = NOW + timedelta(days=120)
    assert integrity.tell_cleared(at=LATER) == 0
    assert integrity.tell_cleared(at=over) == 1
    assert integrity.tell_cleared(at=over + timedelta(days=1)) == 0
    key = f"members.confidential:{case.row.id}:lifted:{case.respondent.id}"
    mail = db.session.scalars(select(MailMessage).where(MailMessage.key == key)).one()
    assert mail.to_address == case.respondent.emails[0].address
    assert "suspen" not in mail.text.lower()
    with clock.frozen(over):
        page = factories.sign_in(app.test_client(), case.respondent).get(f"/integrity/cases/{case.row.code}").text
    assert "nothing bars from submitting or reviewing any more" in page
    integrity.erase_expired(at=over + timedelta(days=366 * 5))
    assert db.session.scalar(select(func.count(Sanction.id))) == 0
