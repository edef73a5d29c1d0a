"""Conflicts of interest: confirmed, dismissed, disputed by those concerned and settled by a chair."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event, RoleGrant
from confsys.events.states import Role, StageKind
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.operations.conflicts import refresh
from confsys.submissions.states import ConflictKind, ConflictSource, ConflictState
from tests import factories
from tests.reviewing import make

KEPT = "/events/am/reviews/kept-away"


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am")
    for kind in (StageKind.BIDDING, StageKind.REVIEW):
        factories.stage(made, kind)
    return made


@pytest.fixture
def chair(event: Event) -> Person:
    return factories.grant(event, Role.CHAIR)


def found(paper: Submission, someone: Person, **columns: object) -> Conflict:
    given = {"kind": ConflictKind.COAUTHOR, "source": ConflictSource.DETECTED, **columns}
    return make.conflict(paper, someone, **given)


def fresh(row: Conflict) -> Conflict:
    return factories.refreshed(row)


def author_of(paper: Submission) -> Person:
    person = paper.authors[0].person
    assert person is not None
    return person


def object_to(client: FlaskClient, someone: Person, address: str, row: Conflict, reason: str = "Another one.") -> int:
    factories.sign_in(client, someone)
    return client.post(address, data={"conflict": str(row.id), "reason": reason}).status_code


def test_a_reviewer_objects_and_the_chair_decides(event: Event, chair: Person, client: FlaskClient) -> None:
    paper, reviewer = factories.submission(event, title=LocalizedText("Zyxwvut", "")), make.reviewer(event)
    row = found(paper, reviewer)
    factories.sign_in(client, reviewer)
    page = client.get(KEPT).get_data(as_text=True)
    assert f"Paper {paper.number}" in page
    assert "Zyxwvut" not in page
    assert author_of(paper).name.both not in page
    assert object_to(client, reviewer, KEPT, row, "") == 303
    assert fresh(row).dispute == ""
    assert object_to(client, reviewer, KEPT, row, "A namesake of mine.") == 303
    assert (fresh(row).dispute, fresh(row).state) == ("A namesake of mine.", ConflictState.ACTIVE)
    factories.sign_in(client, chair)
    assert "A namesake of mine." in client.get("/events/am/review/conflicts?q=work:disputed").get_data(as_text=True)
    assert "1 conflict is disputed" in client.get("/events/am/organise").get_data(as_text=True)
    client.post("/events/am/review/conflicts/dismiss", data={"conflict": str(row.id)})
    assert (fresh(row).state, fresh(row).dispute) == (ConflictState.DISMISSED, "")
    refresh(event.id, at=clock.now())
    assert fresh(row).state is ConflictState.DISMISSED


def test_what_a_chair_confirmed_stays_and_is_disputed_no_more(event: Event, chair: Person, client: FlaskClient) -> None:
    paper, reviewer = factories.submission(event), make.reviewer(event)
    row = found(paper, reviewer)
    factories.sign_in(client, chair)
    client.post("/events/am/review/conflicts/confirm", data={"conflict": str(row.id)})
    assert (fresh(row).pinned, fresh(row).source) == (True, ConflictSource.DETECTED)
    refresh(event.id, at=clock.now())
    assert db.session.scalars(select(Conflict)).one().state is ConflictState.ACTIVE, "no tie is known, yet it stays"
    object_to(client, reviewer, KEPT, row)
    assert fresh(row).dispute == ""
    factories.sign_in(client, reviewer)
    assert "confirmed by a chair" in client.get(KEPT).get_data(as_text=True)


@pytest.mark.parametrize("source", [ConflictSource.DECLARED_BY_AUTHOR, ConflictSource.CHAIR])
def test_a_reviewer_never_learns_what_authors_or_chairs_said(
    event: Event, client: FlaskClient, source: ConflictSource
) -> None:
    paper, reviewer = factories.submission(event), make.reviewer(event)
    row = found(paper, reviewer, source=source)
    factories.sign_in(client, reviewer)
    assert f"Paper {paper.number}" not in client.get(KEPT).get_data(as_text=True)
    assert object_to(client, reviewer, KEPT, row) == 404


def test_nobody_objects_for_another(event: Event, client: FlaskClient) -> None:
    paper, reviewer, other = factories.submission(event), make.reviewer(event), make.reviewer(event)
    row = found(paper, reviewer)
    assert object_to(client, other, KEPT, row) == 404
    assert object_to(client, factories.person(), KEPT, row) == 404
    stranger = author_of(factories.submission(event))
    assert object_to(client, stranger, f"/events/am/papers/{paper.number}/kept-away", row) == 404
    assert fresh(row).dispute == ""


def test_authors_see_whom_the_public_page_names_and_object(event: Event, client: FlaskClient) -> None:
    paper, shown, hidden = factories.submission(event), make.reviewer(event), make.reviewer(event)
    secret = make.reviewer(event)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == hidden.id)).one()
    grant.shown = False
    factories.saved(grant)
    row, unknown = found(paper, shown), found(paper, hidden)
    told = found(paper, secret, source=ConflictSource.DECLARED_BY_REVIEWER)
    address, author = f"/events/am/papers/{paper.number}/kept-away", author_of(paper)
    factories.sign_in(client, author)
    page = client.get(address).get_data(as_text=True)
    assert shown.name.both in page
    assert hidden.name.both not in page
    assert secret.name.both not in page
    assert object_to(client, author, address, unknown) == 404
    assert object_to(client, author, address, told) == 404
    assert object_to(client, author, address, row, "We never met.") == 303
    assert fresh(row).disputed_by_id == author.id
    assert address in client.get(f"/events/am/my-papers/{paper.number}").get_data(as_text=True)


def test_a_chair_who_must_keep_away_settles_nothing(event: Event, chair: Person, client: FlaskClient) -> None:
    paper, reviewer = factories.submission(event), make.reviewer(event)
    row = found(paper, reviewer)
    make.conflict(paper, chair)
    factories.sign_in(client, chair)
    for verb in ("confirm", "dismiss"):
        answer = client.post(f"/events/am/review/conflicts/{verb}", data={"conflict": str(row.id)})
        assert answer.status_code == 404
    assert not fresh(row).pinned
