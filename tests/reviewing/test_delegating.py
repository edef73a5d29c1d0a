"""A paper passed on to somebody outside: asked, looked at, approved, accepted, and handed back."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import EmailAddress, Person
from confsys.core.db import db
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.reviewing.matching.solution import Solution
from confsys.reviewing.models import Assignment, Delegation
from confsys.reviewing.states import AssignmentState, DelegationState
from confsys.submissions.models import Submission
from tests import factories
from tests.reviewing import make
from tests.reviewing.test_runs import computed

A, D = AssignmentState, DelegationState
OUTSIDE = "hu.bo@far-away.edu"
WHO = {"given": "Bo", "family": "Hu", "password": "a quiet sentence", "zone": "Asia/Shanghai"}


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am", contact_email="office@am.example")
    factories.stage(made, StageKind.REVIEW)
    make.form(made)
    return made


@pytest.fixture
def chair(event: Event) -> Person:
    return factories.grant(event, Role.CHAIR)


@pytest.fixture
def paper(event: Event) -> Submission:
    return factories.submission(event, factories.person(email="author@uni-x.edu.cn"))


@pytest.fixture
def reviewer(event: Event, paper: Submission) -> Person:
    someone = make.reviewer(event)
    make.assignment(paper, someone)
    return someone


def newest() -> Delegation | None:
    query = select(Delegation).order_by(Delegation.id.desc()).execution_options(populate_existing=True)
    return db.session.scalars(query).first()


def ask(client: FlaskClient, someone: Person, paper: Submission, people: str = f"Hu Bo <{OUTSIDE}>") -> Delegation:
    factories.sign_in(client, someone)
    client.post(f"/events/am/reviews/{paper.number}/pass-on", data={"people": people, "word": "Knows it better."})
    row = newest()
    assert row is not None
    return row


def settle(client: FlaskClient, someone: Person, row: Delegation, verb: str) -> int:
    factories.sign_in(client, someone)
    address = f"/events/am/review/papers/{row.assignment.submission.number}/pass-on/{verb}"
    return client.post(address, data={"delegation": str(row.id), "answer": "Please do it yourself."}).status_code


def mails(address: str) -> list[MailMessage]:
    return list(db.session.scalars(select(MailMessage).where(MailMessage.to_address == address)))


def told(someone: Person) -> str:
    return "\n".join(mail.text for mail in mails(someone.emails[0].address))


def link(address: str = OUTSIDE) -> str:
    found = re.search(r"/events/am/reviews/passed-on/\S+", mails(address)[-1].text)
    assert found is not None
    return found.group(0)


def states() -> dict[int | None, AssignmentState]:
    rows = db.session.scalars(select(Assignment).execution_options(populate_existing=True))
    return {row.person_id: row.state for row in rows}


def stranger(client: FlaskClient) -> FlaskClient:
    return client.application.test_client()


def test_nobody_outside_is_written_to_before_a_chair_agrees(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    row = ask(client, reviewer, paper)
    assert (row.state, row.address, row.name) == (D.ASKED, OUTSIDE, "Hu Bo")
    assert mails(OUTSIDE) == []
    assert "Hu Bo" in told(chair)
    assert db.session.scalar(select(func.count(EmailAddress.id)).where(EmailAddress.address == OUTSIDE)) == 0
    factories.sign_in(client, chair)
    page = client.get(f"/events/am/review/papers/{paper.number}").get_data(as_text=True)
    assert "Knows it better." in page
    assert "No conflict of interest is known." in page
    assert f"Paper {paper.number} is to be passed on" in client.get("/events/am/organise").get_data(as_text=True)
    assert settle(client, chair, row, "approve") == 303
    assert len(mails(OUTSIDE)) == 1
    assert states() == {reviewer.id: A.RELEASED}, "the reviewer keeps it until somebody has accepted"


def test_who_accepts_reviews_in_the_others_place(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    settle(client, chair, ask(client, reviewer, paper), "approve")
    here, guest, number = link(), stranger(client), paper.number
    page = guest.get(here).get_data(as_text=True)
    assert paper.title.en in page
    assert "author@uni-x" not in page
    assert paper.authors[0].name.both not in page
    assert guest.post(f"{here}/open", data=WHO).location == f"/events/am/reviews/{number}"
    someone = db.session.scalars(select(Person).join(EmailAddress).where(EmailAddress.address == OUTSIDE)).one()
    assert states() == {reviewer.id: A.DELEGATED, someone.id: A.RELEASED}
    assert guest.get(f"/events/am/reviews/{number}").status_code == 200
    assert f"/events/am/reviews/{number}" in guest.get("/home").get_data(as_text=True)
    assert guest.get("/events/am/reviews/bids").status_code == 404
    assert guest.get(here).status_code == 410
    factories.sign_in(client, reviewer)
    assert client.get(f"/events/am/reviews/{number}").status_code == 404
    assert "in your place" in told(reviewer)
    declined = guest.post(f"/events/am/reviews/{number}/decline", data={"reason": "No time."})
    assert declined.location == "/home"
    assert states() == {reviewer.id: A.RELEASED, someone.id: A.DECLINED}, "the paper is the reviewer's again"


def test_a_run_counts_what_somebody_outside_reviews(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    settle(client, chair, ask(client, reviewer, paper), "approve")
    stranger(client).post(f"{link()}/open", data=WHO)
    make.reviewer(event)
    pairs = Solution.of(computed(event, chair, coverage=2).result).pairs
    assert len(pairs) == 1, "one of two reviews comes from outside"


def test_somebody_tied_to_the_paper_is_not_approved(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    row = ask(client, reviewer, paper, "colleague@uni-x.edu.cn")
    assert row.state is D.ASKED, "the reviewer learns nothing of who wrote the paper"
    factories.sign_in(client, chair)
    assert "same e-mail domain" in client.get(f"/events/am/review/papers/{paper.number}").get_data(as_text=True)
    settle(client, chair, row, "approve")
    assert factories.refreshed(row).state is D.ASKED
    assert mails("colleague@uni-x.edu.cn") == []


def test_a_tie_that_only_the_account_tells_is_found_on_accepting(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    settle(client, chair, ask(client, reviewer, paper), "approve")
    author = paper.authors[0].person
    assert author is not None
    assert factories.sign_in(stranger(client), author).post(f"{link()}/accept").status_code == 303
    assert states() == {reviewer.id: A.RELEASED}


def test_a_chair_refuses_and_a_reviewer_takes_it_back(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    row = ask(client, reviewer, paper)
    ask(client, reviewer, paper, "other@far.edu")
    assert db.session.scalar(select(func.count(Delegation.id))) == 1, "one request at a time"
    settle(client, chair, row, "refuse")
    assert "Please do it yourself." in told(reviewer)
    settle(client, chair, ask(client, reviewer, paper, "other@far.edu"), "approve")
    factories.sign_in(client, reviewer)
    client.post(f"/events/am/reviews/{paper.number}/keep")
    kept = newest()
    assert kept is not None
    assert kept.state is D.WITHDRAWN
    assert stranger(client).get(link("other@far.edu")).status_code == 410


def test_who_declines_leaves_the_paper_where_it_was(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    settle(client, chair, ask(client, reviewer, paper), "approve")
    assert stranger(client).post(f"{link()}/decline", data={"reason": "Too busy."}).status_code == 200
    assert states() == {reviewer.id: A.RELEASED}
    assert "Too busy." in told(reviewer)


def test_only_those_concerned_have_a_say(
    event: Event, chair: Person, reviewer: Person, paper: Submission, client: FlaskClient
) -> None:
    factories.sign_in(client, make.reviewer(event))
    assert client.post(f"/events/am/reviews/{paper.number}/pass-on", data={"people": OUTSIDE}).status_code == 404
    row = ask(client, reviewer, paper)
    for someone in (reviewer, factories.grant(event, Role.ORGANISER), paper.authors[0].person):
        assert someone is not None
        assert settle(client, someone, row, "approve") == 404
    make.conflict(paper, chair)
    assert settle(client, chair, row, "approve") == 404
