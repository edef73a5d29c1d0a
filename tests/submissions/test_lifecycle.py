"""Withdrawing, coming back, and the outcome when it is released."""

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid
from confsys.core.mail import MailMessage
from confsys.events.states import Role
from confsys.submissions import operations, signals
from confsys.submissions.states import SUBMISSION_TRANSITIONS, SubmissionState
from tests import factories
from tests.submissions import desk

S = SubmissionState


def withdraw(paper, someone, reason="No funding to travel") -> None:
    here = desk.standing(paper.event, someone)
    operations.withdraw(paper, reason, standing=here, actor=here.viewer.actor, at=clock.now())


def revive(paper, someone) -> None:
    here = desk.standing(paper.event, someone)
    operations.revive(paper, standing=here, actor=here.viewer.actor, at=clock.now())


def test_a_withdrawn_paper_comes_back_with_its_first_date(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    first = paper.submitted_at
    withdraw(paper, me)
    assert (paper.state, paper.withdrawal_reason) == (S.WITHDRAWN, "No funding to travel")
    revive(paper, me)
    assert (paper.state, paper.submitted_at, paper.withdrawn_at) == (S.SUBMITTED, first, None)
    subjects = [mail.subject.split(":")[0] for mail in db.session.scalars(select(MailMessage).order_by(MailMessage.id))]
    assert subjects == ["Received", "Withdrawn", "Back again"]


def test_withdrawing_asks_for_a_reason(app: Flask) -> None:
    me = factories.person()
    paper = desk.submitted(desk.open_call(), me)
    with pytest.raises(Invalid, match="why"):
        withdraw(paper, me, "  ")
    assert factories.refreshed(paper).state is S.SUBMITTED


def test_authors_bring_it_back_only_while_the_call_is_open_but_chairs_always(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    withdraw(paper, me)
    desk.move_call(event, days=-30)
    with pytest.raises(Refused, match="closed"):
        revive(paper, me)
    revive(paper, factories.grant(event, Role.CHAIR))
    assert paper.state is S.SUBMITTED


def test_strangers_and_drafts_cannot_withdraw(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    with pytest.raises(Refused, match="Only a submitted"):
        withdraw(desk.started(event, me), me)
    with pytest.raises(Refused) as refusal:
        withdraw(desk.submitted(event, me), factories.person())
    assert refusal.value.denial.hidden


def test_an_outcome_is_told_once_and_can_be_taken_back(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    heard = []

    def listen(sender, **news: object) -> None:
        heard.append((sender.id, sender.state))

    with signals.outcome_released.connected_to(listen):
        for _ in range(2):
            operations.record_outcome(paper, S.ACCEPTED, presentation="oral", actor=SYSTEM, at=clock.now())
        assert (paper.state, paper.presentation, paper.outcome_at) == (S.ACCEPTED, "oral", clock.now())
        with pytest.raises(Refused, match="decision"):
            desk.saved(paper, me, desk.content(desk.of(me)))
        operations.clear_outcome(paper, actor=SYSTEM, at=clock.now())
    assert heard == [(paper.id, S.ACCEPTED), (paper.id, S.SUBMITTED)]
    assert (paper.outcome_at, paper.presentation) == (None, "")
    desk.saved(paper, me, desk.content(desk.of(me)))


def test_an_accepted_paper_may_be_withdrawn_and_a_withdrawn_one_not_decided(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    operations.record_outcome(paper, S.ACCEPTED, actor=SYSTEM, at=clock.now())
    withdraw(paper, me)
    assert (paper.state, paper.outcome_at) == (S.WITHDRAWN, None)
    with pytest.raises(Invalid, match="not possible"):
        operations.record_outcome(paper, S.REJECTED, actor=SYSTEM, at=clock.now())


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(SUBMISSION_TRANSITIONS) == set(S)


def test_the_story_is_recorded_as_data(app: Flask) -> None:
    me = factories.person()
    paper = desk.submitted(desk.open_call(), me)
    withdraw(paper, me)
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [row.action for row in rows] == [
        "submission.start",
        "submission.save",
        "submission.submit",
        "submission.withdraw",
    ]
    assert rows[-1].facts == {"number": 1, "reason": "No funding to travel"}
    assert {row.actor_id for row in rows} == {me.id}
