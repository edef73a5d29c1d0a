"""Deciding and telling: nothing is visible before it is released, everything at once then."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.reviewing import letters, rules
from confsys.reviewing.models import Decision
from confsys.reviewing.operations import decisions, telling
from confsys.reviewing.states import Outcome
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.reviewing import make


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event()


def decide(paper, by, outcome=Outcome.ACCEPT, **given) -> Decision:
    standing = make.to_paper(paper, by)
    return decisions.decide(paper, outcome, standing=standing, actor=Actor(by.id), at=clock.now(), **given)


def release(event, by, **given) -> telling.Released:
    return telling.release(event, standing=make.to_event(event, by), actor=Actor(by.id), at=clock.now(), **given)


def mails() -> list[MailMessage]:
    return list(db.session.scalars(select(MailMessage).order_by(MailMessage.id)))


def test_a_decision_is_known_to_chairs_alone_until_released(event: Event) -> None:
    chair, author = factories.grant(event, Role.CHAIR), factories.person()
    paper = factories.submission(event, author)
    make.form(event)
    make.reviewed(paper, make.reviewer(event))
    decide(paper, chair, comment="Well done.", note="close call")
    assert paper.state is SubmissionState.SUBMITTED
    assert not rules.may_read_decision(make.to_paper(paper, author))
    assert not rules.may_read_reviews(make.to_paper(paper, author))
    assert mails() == []
    assert release(event, chair) == telling.Released(1, 1)
    assert factories.refreshed(paper).state is SubmissionState.ACCEPTED
    assert rules.may_read_decision(make.to_paper(paper, author))
    [mail] = mails()
    assert mail.to_address == author.emails[0].address
    assert "Well done." in mail.text
    assert "Sound work." in mail.text
    for hidden in ("close call", "Chairs only.", "Peers only."):
        assert hidden not in mail.text


def test_a_changed_decision_stays_with_the_chairs_until_released_again(event: Event) -> None:
    chair, author = factories.grant(event, Role.CHAIR), factories.person()
    paper = factories.submission(event, author)
    decide(paper, chair)
    release(event, chair)
    decision = decide(paper, chair, Outcome.REJECT, comment="On second thoughts.")
    assert decision.is_waiting
    assert decision.told["outcome"] == "accept"
    assert factories.refreshed(paper).state is SubmissionState.ACCEPTED
    release(event, chair)
    assert factories.refreshed(paper).state is SubmissionState.REJECTED
    assert len(mails()) == 2


def test_releasing_with_nothing_new_writes_nothing(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    decide(factories.submission(event), chair)
    release(event, chair)
    assert release(event, chair) == telling.Released(0, 0)
    assert len(mails()) == 1


def test_a_letter_is_written_in_the_language_of_its_reader(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    factories.stage(event, StageKind.CAMERA_READY, due_in=30)
    for locale in ("en", "zh"):
        decide(factories.submission(event, factories.person(locale=locale)), chair)
    release(event, chair)
    english, chinese = mails()
    assert (english.locale, chinese.locale) == ("en", "zh")
    assert "Annual Meeting" in english.subject
    assert "年会" in chinese.subject
    assert "%(" not in english.text + chinese.text


def test_without_letters_outcomes_are_set_and_nobody_is_written_to(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    paper = factories.submission(event)
    decide(paper, chair)
    assert release(event, chair, with_letters=False) == telling.Released(1, 0)
    assert factories.refreshed(paper).state is SubmissionState.ACCEPTED
    assert mails() == []


def test_a_conflicted_chair_neither_decides_nor_releases(event: Event) -> None:
    chair, other = factories.grant(event, Role.CHAIR), factories.grant(event, Role.CHAIR)
    paper = factories.submission(event, chair)
    with pytest.raises(Refused) as refusal:
        decide(paper, chair)
    assert refusal.value.denial.hidden
    decide(paper, other)
    assert release(event, chair) == telling.Released(0, 0)
    bulk = make.to_event(event, chair)
    assert decisions.decide_many([paper.id], Outcome.REJECT, standing=bulk, actor=Actor(chair.id), at=clock.now()) == 0
    assert release(event, other) == telling.Released(1, 1)


def test_bulk_decisions_keep_comments_and_tell_how_many_changed(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    papers = [factories.submission(event) for _ in range(3)]
    decide(papers[0], chair, Outcome.REJECT, comment="Kept.")
    standing = make.to_event(event, chair)
    ids = [paper.id for paper in papers]

    def all_accepted() -> int:
        return decisions.decide_many(
            ids, Outcome.ACCEPT, presentation="poster", standing=standing, actor=Actor(chair.id), at=clock.now()
        )

    assert all_accepted() == 3
    assert all_accepted() == 0
    rows = db.session.scalars(select(Decision)).all()
    assert {row.presentation for row in rows} == {"poster"}
    assert {row.comment for row in rows} == {"Kept.", ""}


def test_two_chairs_do_not_overwrite_each_other(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    paper = factories.submission(event)
    decide(paper, chair, version=0)
    with pytest.raises(StaleVersion):
        decide(paper, chair, Outcome.REJECT, version=0)


def test_what_was_told_cannot_be_unmade(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    paper = factories.submission(event)
    decision = decide(paper, chair)
    release(event, chair)
    with pytest.raises(Invalid, match="know this decision"):
        decisions.clear(decision, standing=make.to_paper(paper, chair), actor=Actor(chair.id), at=clock.now())
    other = factories.submission(event)
    untold = decide(other, chair)
    decisions.clear(untold, standing=make.to_paper(other, chair), actor=Actor(chair.id), at=clock.now())
    assert db.session.get(Decision, untold.id) is None


def test_only_chairs_of_the_whole_event_release(event: Event) -> None:
    for role in (Role.TRACK_CHAIR, Role.ORGANISER, Role.REVIEWER):
        with pytest.raises(Refused):
            release(event, factories.grant(event, role))


def test_the_events_own_words_are_used(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    words = {"subject": "Paper %(number)s", "body": "Dear %(name)s\n\n%(comment)s\n\nBye, 100% yours"}
    telling.save_letter(event, Outcome.ACCEPT, "en", version=0, actor=Actor(chair.id), at=clock.now(), **words)
    paper = factories.submission(event, factories.person("Ada", "Byron"))
    decide(paper, chair)
    release(event, chair)
    [mail] = mails()
    assert mail.subject == f"Paper {paper.number}"
    assert mail.text == "Dear Ada Byron\n\nBye, 100% yours\n"


def test_an_unknown_place_is_refused(event: Event) -> None:
    with pytest.raises(Invalid) as objection:
        telling.save_letter(
            event, Outcome.ACCEPT, "en", subject="", body="%(grade)s", actor=Actor(), at=clock.now()
        )  # fmt: skip
    assert set(objection.value.fields) == {"subject", "body"}
    assert "%(grade)s" in str(objection.value.fields["body"])


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_products_own_letters_name_only_known_places(app: Flask, outcome: Outcome, locale: str) -> None:
    subject, body = letters.default(outcome, locale)
    assert letters.unknown_places(subject + body) == []
    assert "%(reviews)s" in body
