"""A final version passes from missing to ready, and back when something changes."""

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM, Actor
from confsys.core.appendonly import NeverChanged
from confsys.core.db import db
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.publishing.agreements import copyright_line
from confsys.publishing.checklist import ITEMS
from confsys.publishing.models import CameraReady, LicenceSignature, Proof
from confsys.publishing.operations import camera_ready, proofs
from confsys.publishing.queries import finals
from confsys.publishing.record import digest_of
from confsys.publishing.states import CameraReadyState as State
from confsys.publishing.states import Holder, Step
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.publishing import papers


@pytest.fixture
def paper(app: Flask) -> Submission:
    return factories.submission(factories.event(), state=SubmissionState.ACCEPTED)


def approve(row: CameraReady) -> None:
    camera_ready.approve(row, version=row.version, actor=SYSTEM, at=clock.now())


def test_ready_when_all_is_there_and_approved(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    assert (row.state, row.paper_file.pages) == (State.WAITING, 2)
    assert finals.lacking(row, paper) == (Step.CHECKLIST, Step.LICENCE, Step.PROOFS, Step.APPROVAL)
    row = papers.sign_all(paper)
    assert finals.lacking(row, paper) == (Step.APPROVAL,)
    approve(row)
    assert factories.refreshed(row).state is State.READY


def test_approved_before_the_authors_have_signed(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    approve(row)
    assert row.state is State.WAITING
    assert papers.sign_all(paper).state is State.READY


def test_a_new_file_needs_new_ticks_and_a_new_approval(app: Flask) -> None:
    paper = papers.ready(factories.event())
    row = papers.upload(paper, papers.pdf("jcon.00093"))
    assert (row.state, row.paper_file.number, row.signed_name) == (State.WAITING, 2, "Wei Zhang")
    assert finals.lacking(row, paper) == (Step.CHECKLIST, Step.APPROVAL)


def test_the_last_tick_asks_co_authors_once_for_each_record(app: Flask) -> None:
    paper = factories.submission(
        factories.event(), factories.person(), factories.person(), state=SubmissionState.ACCEPTED
    )
    first = Actor(paper.authors[0].person_id)
    with pytest.raises(Invalid, match="Upload the final version first"):
        camera_ready.tick(paper, list(ITEMS), actor=first, at=clock.now())
    papers.upload(paper, papers.pdf())
    camera_ready.tick(paper, ["names", "no such point"], actor=first, at=clock.now())
    assert db.session.scalar(select(MailMessage)) is None
    for _ in range(2):
        row = camera_ready.tick(paper, list(ITEMS), actor=first, at=clock.now())
    messages = db.session.scalars(select(MailMessage)).all()
    assert [message.to_address for message in messages] == [paper.authors[1].email]
    assert "/camera-ready/proof" in messages[0].text
    assert [author.id for author in finals.proofs_missing(row, paper)] == [author.id for author in paper.authors]


def test_the_form_is_kept_word_for_word(paper: Submission) -> None:
    papers.upload(paper, papers.pdf())
    for licence, holder, employer in (
        ("CC-BY-4.0", Holder.AUTHORS, ""), ("publisher", Holder.CROWN, ""), ("publisher", Holder.EMPLOYER, "Acme Ltd"),
    ):  # fmt: skip
        row = camera_ready.sign(
            paper, licence, "Wei  Zhang", holder=holder, employer=employer, actor=SYSTEM, at=clock.now()
        )
    forms = db.session.scalars(select(LicenceSignature).order_by(LicenceSignature.id)).all()
    assert "Creative Commons" in forms[0].text.en
    assert "知识共享" in forms[0].text.zh
    assert all(paper.title.en in form.text.en and paper.title.zh in form.text.zh for form in forms)
    assert "cannot be transferred" in forms[1].text.en
    assert "不能转让" in forms[1].text.zh
    assert "held by Acme Ltd" in forms[2].text.en
    assert finals.licence_signed(row).id == forms[2].id
    forms[0].signed_name = "Somebody Else"
    with pytest.raises(NeverChanged):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    ("licence", "holder", "employer", "line"),
    [
        ("CC-BY-4.0", Holder.AUTHORS, "", "the authors"),
        ("CC-BY-4.0", Holder.EMPLOYER, "Acme Ltd", "Acme Ltd"),
        ("publisher", Holder.AUTHORS, "", ""),
        ("publisher", Holder.EMPLOYER, "Acme Ltd", ""),
        ("publisher", Holder.CROWN, "", "Crown copyright"),
        ("publisher", Holder.US_GOVERNMENT, "", "U.S. Government work not protected by U.S. copyright"),
    ],
)
def test_the_notice_says_whose_the_paper_is(licence: str, holder: Holder, employer: str, line: str) -> None:
    assert copyright_line(licence, holder, employer).en == line


@pytest.mark.parametrize("name", ["Wei", "x", "", "张"])
def test_a_signature_is_a_full_name(paper: Submission, name: str) -> None:
    with pytest.raises(Invalid, match="full name"):
        camera_ready.sign(paper, "CC-BY-4.0", name, actor=SYSTEM, at=clock.now())
    assert camera_ready.full_name("张伟") == "张伟"


def test_a_proof_stands_for_the_record_that_was_seen(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    author, old = paper.authors[0], digest_of(paper)
    proofs.sign(row, paper, author, "Wei Zhang", seen=old, actor=SYSTEM, at=clock.now())
    assert finals.proofs_missing(row, paper) == []
    author.family = "Renamed"
    db.session.commit()
    assert finals.proofs_missing(row, paper) == [author]
    with pytest.raises(Invalid, match="changed while you looked"):
        proofs.sign(row, paper, author, "Wei Zhang", seen=old, actor=SYSTEM, at=clock.now())
    kept = db.session.scalar(select(Proof))
    assert kept.seen["authors"][0]["family"] != "Renamed"


def test_the_chair_may_go_on_without_a_signature_saying_why(paper: Submission) -> None:
    row = papers.upload(paper, papers.pdf())
    with pytest.raises(Invalid, match="why the paper"):
        proofs.waive(row, " ", version=row.version, actor=SYSTEM, at=clock.now())
    someone = Actor(factories.person().id)
    proofs.waive(row, "The author died in May.", version=row.version, actor=someone, at=clock.now())
    assert Step.PROOFS not in finals.lacking(row, paper)


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


def test_reminded_once_a_day_in_the_chairs_words(paper: Submission) -> None:
    subject, text = LocalizedText("Paper {number}", "论文{number}"), LocalizedText("Lacks {missing} {x}", "缺{missing}")
    for _ in range(2):
        camera_ready.remind([(paper, None)], subject, text, actor=SYSTEM, at=clock.now())
    (message,) = db.session.scalars(select(MailMessage)).all()
    assert message.subject == f"Paper {paper.number}"
    assert message.text.strip() == "Lacks the file, the checklist, the licence, signatures under the proof {x}"


def test_nobody_is_reminded_of_what_the_chair_has_to_do(paper: Submission) -> None:
    papers.upload(paper, papers.pdf())
    row = papers.sign_all(paper)
    words = LocalizedText("Please", "请")
    assert camera_ready.remind([(paper, row)], words, words, actor=SYSTEM, at=clock.now()) == 0
    assert db.session.scalar(select(MailMessage)) is None
