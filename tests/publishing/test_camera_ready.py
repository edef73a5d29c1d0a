"""A final version passes from missing to ready, and back when something changes."""

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.mail import MailMessage
from confsys.publishing.models import CameraReady
from confsys.publishing.operations import camera_ready
from confsys.publishing.states import CameraReadyState as State
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.publishing import papers


@pytest.fixture
def paper(app: Flask) -> Submission:
    return factories.submission(factories.event(), state=SubmissionState.ACCEPTED)


def sign(paper: Submission) -> CameraReady:
    return camera_ready.sign(paper, "CC-BY-4.0", "Wei Zhang", actor=SYSTEM, at=clock.now())


def test_ready_when_uploaded_signed_and_approved(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    assert row.state is State.WAITING
    assert row.paper_file.pages == 2
    row = sign(paper)
    camera_ready.approve(row, version=row.version, actor=SYSTEM, at=clock.now())
    assert factories.refreshed(row).state is State.READY


def test_approved_but_not_signed_is_not_ready(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    camera_ready.approve(row, version=row.version, actor=SYSTEM, at=clock.now())
    assert row.state is State.WAITING
    assert sign(paper).state is State.READY


def test_a_new_file_needs_a_new_approval(app: Flask) -> None:
    paper = papers.ready(factories.event())
    row = papers.upload(paper, papers.pdf("jcon.00093"))
    assert (row.state, row.paper_file.number, row.signed_name) == (State.WAITING, 2, "Wei Zhang")


def test_sent_back_with_words_and_mail(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    camera_ready.send_back(row, "Figure 2 is cut off.", version=row.version, actor=SYSTEM, at=clock.now())
    assert row.state is State.FAILED
    message = db.session.scalar(select(MailMessage))
    assert "Figure 2 is cut off." in message.text
    assert message.to_address == paper.authors[0].email
    with pytest.raises(Invalid):
        camera_ready.send_back(row, " ", version=row.version, actor=SYSTEM, at=clock.now())


def test_two_chairs_do_not_overwrite_each_other(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    seen = row.version
    camera_ready.send_back(row, "Please correct.", version=seen, actor=SYSTEM, at=clock.now())
    with pytest.raises(StaleVersion):
        camera_ready.approve(row, version=seen, actor=SYSTEM, at=clock.now())


@pytest.mark.parametrize("name", ["truncated-half.pdf", "html-named.pdf", "encrypted-user-password.pdf"])
def test_a_damaged_file_is_refused_and_nothing_kept(paper: Submission, name: str) -> None:
    path = papers.shared(f"data/conferences/papers/pdf-damaged/{name}")
    with pytest.raises(Invalid, match="cannot be printed"):
        papers.upload(paper, path)
    assert db.session.scalar(select(CameraReady)) is None


def test_only_accepted_papers_have_one(app: Flask) -> None:
    paper = factories.submission(factories.event())
    with pytest.raises(Invalid, match="accepted"):
        papers.upload(paper, papers.pdf())


def test_reminded_once_a_day(paper: Submission) -> None:
    for _ in range(2):
        camera_ready.remind([paper], actor=SYSTEM, at=clock.now())
    assert len(db.session.scalars(select(MailMessage)).all()) == 1
