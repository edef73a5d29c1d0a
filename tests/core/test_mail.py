"""Mail leaves once: whatever breaks, nothing is lost and nothing is sent twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader
from sqlalchemy import select

from confsys.core import clock
from confsys.core.db import db
from confsys.core.mail import MailMessage, MailState, Recipient, post, sending, smtp
from confsys.core.operation import operation
from tests import smtp_sink
from tests.conftest import NOW
from tests.smtp_sink import Sink


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    with smtp_sink.sink() as found:
        given = dataclasses.replace(
            app.extensions["settings"], mail="smtp", mail_server="127.0.0.1", mail_port=found.port
        )
        monkeypatch.setitem(app.extensions, "settings", given)
        yield found


def mail(number: int = 1, **columns: Any) -> MailMessage:
    values = {
        "key": f"mail-{number}", "to_address": f"person{number}@example.org", "locale": "en",
        "subject": f"No. {number}",
        "text": "A line.\n.\nA line after a dot.\n", "created_at": clock.now(), "not_before": clock.now(),
    }  # fmt: skip
    row = MailMessage(**{**values, **columns})
    db.session.add(row)
    db.session.commit()
    return row


def state(row: MailMessage) -> MailState:
    db.session.expire_all()
    return row.state


def test_written_in_the_reader_s_language_and_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    template = "{{ 'Received' if locale == 'en' else '已收到' }}: {{ title }}\n\nDear {{ recipient.name }}"
    monkeypatch.setattr(app.jinja_env, "loader", DictLoader({"receipt.txt": template}))

    @operation
    def write() -> None:
        for _ in range(2):
            post("receipt.txt", Recipient("a@example.org", "张伟", "zh"), key="receipt-1", at=clock.now(), title="论文")

    write()
    (row,) = db.session.scalars(select(MailMessage)).all()
    assert (row.subject, row.text) == ("已收到: 论文", "Dear 张伟\n")


def test_sent_with_everything_intact(sink: Sink) -> None:
    row = mail(subject="录用通知 — 论文 17", to_name="张伟")
    assert sending.deliver() == 1
    (received,) = sink.messages
    assert received["Subject"] == "录用通知 — 论文 17"
    assert received["To"].addresses[0].display_name == "张伟"
    assert received.get_content().splitlines() == ["A line.", ".", "A line after a dot."]
    assert state(row) is MailState.SENT


def test_a_refusal_for_good_is_kept_and_the_rest_goes_on(sink: Sink) -> None:
    refused, fine = mail(1), mail(2)
    sink.answers = ["550 no such user"]
    sending.deliver()
    assert (state(refused), state(fine)) == (MailState.FAILED, MailState.SENT)
    assert "550" in refused.error


def test_a_refusal_for_now_is_tried_again_later(sink: Sink) -> None:
    row = mail()
    sink.answers = ["451 try later"]
    sending.deliver()
    assert state(row) is MailState.PENDING
    assert sending.deliver() == 0
    with clock.frozen(NOW + timedelta(hours=1)):
        assert sending.deliver() == 1
    assert len(sink.messages) == 1


def test_killed_before_the_last_byte_it_is_sent_again(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    row = mail()
    complete = smtp.hand_over

    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(smtp, "hand_over", killed)
    with pytest.raises(SystemExit):
        sending.deliver()
    monkeypatch.setattr(smtp, "hand_over", complete)
    assert state(row) is MailState.SENDING
    with clock.frozen(NOW + timedelta(hours=1)):
        assert sending.any_waiting(clock.now())
        sending.deliver()
    assert state(row) is MailState.SENT
    assert len(sink.messages) == 1


def test_killed_after_the_last_byte_it_is_not_sent_again_but_shown(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    row = mail()
    complete = smtp.hand_over

    def killed(*arguments: Any) -> None:
        complete(*arguments)
        raise SystemExit

    monkeypatch.setattr(smtp, "hand_over", killed)
    with pytest.raises(SystemExit):
        sending.deliver()
    monkeypatch.setattr(smtp, "hand_over", complete)
    with clock.frozen(NOW + timedelta(hours=1)):
        assert not sending.any_waiting(clock.now())
    assert state(row) is MailState.UNCONFIRMED
    assert len(sink.messages) == 1


def test_a_server_that_is_away_loses_nothing(app: Flask, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    row = mail()
    with monkeypatch.context() as patched:
        away = dataclasses.replace(app.extensions["settings"], mail_port=9)
        patched.setitem(app.extensions, "settings", away)
        assert sending.deliver() == 0
    assert state(row) is MailState.PENDING
    with clock.frozen(NOW + timedelta(hours=1)):
        assert sending.deliver() == 1


def test_drafts_wait_for_a_person(sink: Sink) -> None:
    mail(state=MailState.DRAFT)
    assert sending.deliver() == 0


def test_in_demo_mode_the_page_is_the_mailbox(app: Flask, client: Any) -> None:
    mail(subject="Welcome")
    assert sending.deliver() == 1
    assert db.session.scalar(select(MailMessage.state)) is MailState.SENT
