"""Where every paper needs an author with a paid registration: the chair sees which have none, the author is told."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.payments.till import pay
from tests.registration import booth


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event("am26")


BOARD = "/events/am26/publishing/"


def test_the_board_shows_papers_without_a_registered_author(client: FlaskClient, event: Event) -> None:
    author, other = factories.person(), factories.person()
    covered = factories.submission(event, author, state=SubmissionState.ACCEPTED)
    bare = factories.submission(event, other, state=SubmissionState.ACCEPTED)
    sold = booth.ticket(event, "regular", 100)
    order = booth.buy(event, sold, author, submission_id=covered.id)
    factories.sign_in(client, factories.grant(event, Role.PUBLICATION_CHAIR))
    assert "registered author" not in client.get(BOARD).text
    booth.rules(event, author_must_register=True)

    def listed(mark: str) -> set[int]:
        page = client.get(f"{BOARD}?q=author:{mark}").text
        return {paper.number for paper in (covered, bare) if str(paper.title.en) in page}

    assert listed("missing") == {covered.number, bare.number}  # an unpaid place covers nothing
    pay(order)
    assert (listed("missing"), listed("registered")) == ({bare.number}, {covered.number})


def test_an_author_without_a_registration_is_told(client: FlaskClient, event: Event) -> None:
    author = factories.person()
    paper = factories.submission(event, author, state=SubmissionState.ACCEPTED)
    factories.stage(event, StageKind.CAMERA_READY)
    booth.rules(event, author_must_register=True)
    factories.sign_in(client, author)
    address = f"/events/am26/papers/{paper.number}/camera-ready/"
    assert "needs an author with a paid registration" in client.get(address).text
    pay(booth.buy(event, booth.ticket(event, "regular", 100), author, submission_id=paper.id))
    assert "needs an author with a paid registration" not in client.get(address).text
