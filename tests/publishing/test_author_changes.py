"""Title and authors of an accepted paper change only when the publication chair agrees, and everybody signs anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM, Actor
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.core.names import PersonName
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.publishing.models import AuthorChange, CameraReady
from confsys.publishing.operations import author_changes, camera_ready
from confsys.publishing.queries import finals
from confsys.publishing.states import CameraReadyState, ChangeState, Step
from confsys.submissions.content import AuthorContent, content_of
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.publishing import papers

NEW = AuthorContent(name=PersonName("Amara", "Diallo"), email="amara@example.org", affiliation=LocalizedText("Dakar"))


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am26")
    factories.stage(made, StageKind.CAMERA_READY)
    return made


@pytest.fixture
def paper(event: Event) -> Submission:
    return factories.submission(event, factories.person(), factories.person(), state=SubmissionState.ACCEPTED)


def ask(paper: Submission, *authors: AuthorContent, reason: str = "She measured section 4.") -> AuthorChange:
    return author_changes.ask(paper, paper.title, authors, reason, actor=SYSTEM, at=clock.now())


def lines(paper: Submission) -> tuple[AuthorContent, ...]:
    return content_of(paper).authors


def test_nothing_changes_before_the_chair_agrees(paper: Submission) -> None:
    before = lines(paper)
    change = ask(paper, *before, NEW)
    assert lines(paper) == before
    with pytest.raises(Invalid, match="waits for its answer"):
        ask(paper, before[0])
    author_changes.refuse(change, "Not without a letter.", version=change.version, actor=SYSTEM, at=clock.now())
    assert lines(paper) == before
    assert "Not without a letter." in db.session.scalar(select(MailMessage)).text
    with pytest.raises(Invalid, match="decided already"):
        author_changes.withdraw(change, actor=SYSTEM, at=clock.now())


def test_approved_it_is_written_and_everybody_signs_anew(event: Event, paper: Submission) -> None:
    papers.upload(paper, papers.pdf())
    row = papers.sign_all(paper)
    camera_ready.approve(row, version=row.version, actor=SYSTEM, at=clock.now())
    assert row.state is CameraReadyState.READY
    change = ask(paper, *reversed(lines(paper)), NEW)
    chair = factories.grant(event, Role.PUBLICATION_CHAIR)
    standing = standing_in(event, factories.viewer(chair))
    author_changes.approve(change, "", standing=standing, version=change.version, actor=Actor(chair.id), at=clock.now())
    assert [line.name.family for line in lines(paper)][2] == "Diallo"
    row = factories.refreshed(row)
    assert (row.state, finals.lacking(row, paper)) == (CameraReadyState.WAITING, (Step.PROOFS,))
    assert change.state is ChangeState.APPROVED
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert {"author_change.ask", "author_change.approved", "submission.correct"} <= actions


def test_what_cannot_be_asked(paper: Submission) -> None:
    first, second = lines(paper)
    for authors, reason, match in (
        ((first, second), "As it is.", "Nothing is different"),
        ((first,), " ", "reason"),
        ((), "All go.", "at least one author"),
        ((first, replace(NEW, email="")), "New.", "has to agree"),
        ((second,), "No contact.", "contact of the paper"),
    ):
        with pytest.raises(Invalid, match=match):
            ask(paper, *authors, reason=reason)
    assert db.session.scalar(select(AuthorChange)) is None


def test_two_chairs_do_not_decide_twice(paper: Submission) -> None:
    change = ask(paper, *lines(paper), NEW)
    seen = change.version
    author_changes.withdraw(change, actor=SYSTEM, at=clock.now())
    with pytest.raises(StaleVersion):
        author_changes.refuse(change, "No.", version=seen, actor=SYSTEM, at=clock.now())


def test_two_lists_beside_each_other(paper: Submission) -> None:
    first, second = lines(paper)
    third = replace(NEW, id=99)
    renamed = replace(first, name=PersonName("Given", "Other"))
    for before, after, how in (
        ([first, second], [first, second], ["same", "same"]),
        ([first, second], [second, first], ["moved", "moved"]),
        ([first, second], [renamed, NEW], ["changed", "added", "removed"]),
        ([first, second, third], [second, first, third], ["moved", "moved", "same"]),
    ):
        assert [line.how for line in finals.compared(before, after)] == how


def test_author_and_chair_on_their_pages(event: Event, paper: Submission, app: Flask) -> None:
    papers.upload(paper, papers.pdf())
    author = factories.sign_in(app.test_client(), paper.authors[0].person)
    here = f"/events/am26/papers/{paper.number}/camera-ready/"
    assert author.get(here + "record").status_code == 200
    typed = {"title_en": "A better title", "title_zh": paper.title.zh, "reason": "The old one promised too much."}
    for n, line in enumerate(lines(paper)):
        typed |= {
            f"authors-{n}-id": line.id, f"authors-{n}-given": line.name.given, f"authors-{n}-family": line.name.family,
            f"authors-{n}-email": line.email,
        }  # fmt: skip
    typed["authors-0-contact"] = "y"
    more = author.post(here + "record", data={**typed, "rows": "authors:add"})
    assert 'name="authors-2-given"' in more.text
    assert "A better title" in more.text
    assert author.post(here + "record", data={**typed, "authors-1-email": ""}).status_code == 422
    assert author.post(here + "record", data=typed).status_code == 303
    assert "A better title" in author.get(here).text

    chair = factories.sign_in(app.test_client(), factories.grant(event, Role.PUBLICATION_CHAIR))
    assert "change asked for" in chair.get("/events/am26/publishing/?q=change:open").text
    desk = f"/events/am26/publishing/papers/{paper.number}"
    assert "The old one promised too much." in chair.get(desk).text
    version = db.session.scalar(select(AuthorChange.version))
    assert chair.post(f"{desk}/changes/refuse", data={"version": version, "answer": ""}).status_code == 422
    assert author.post(f"{desk}/changes/approve", data={"version": version}).status_code == 404
    assert chair.post(f"{desk}/changes/approve", data={"version": version}).status_code == 303
    assert factories.refreshed(paper).title.en == "A better title"
    assert chair.post(f"{desk}/changes/approve", data={"version": version}).status_code == 404


def test_a_co_author_signs_but_does_not_upload(event: Event, paper: Submission, client: FlaskClient) -> None:
    papers.upload(paper, papers.pdf())
    factories.sign_in(client, paper.authors[1].person)
    here = f"/events/am26/papers/{paper.number}/camera-ready/"
    assert "Look at the proof" in client.get("/home").text
    assert client.get(here + "proof").status_code == 200
    assert client.post(here + "checklist", data={"items": ["names"]}).status_code == 403
    row = db.session.scalar(select(CameraReady))
    answer = client.post(here + "proof", data={"seen": row.digest, "signed_name": "Li Na"})
    assert answer.status_code == 303
    assert [author.id for author in finals.proofs_missing(row, paper)] == [paper.authors[0].id]
    assert "Look at the proof" not in client.get("/home").text
