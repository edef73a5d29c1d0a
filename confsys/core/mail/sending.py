"""Sending what the outbox holds."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from confsys.core import clock
from confsys.core.db import db, writing
from confsys.core.mail import smtp
from confsys.core.mail.models import MailMessage, MailState

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 8


def _change(message_id: int, *conditions: Any, **values: Any) -> bool:
    with writing():
        statement = update(MailMessage).where(MailMessage.id == message_id, *conditions).values(**values)
        outcome: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
        db.session.commit()
    return bool(outcome.rowcount == 1)


def _sendable(at: datetime) -> Any:
    pending = (MailMessage.state == MailState.PENDING) & (MailMessage.not_before <= at)
    abandoned = (MailMessage.state == MailState.SENDING) & (MailMessage.lease_until < at)
    return pending | abandoned


def any_waiting(at: datetime) -> bool:
    settle_doubtful(at)
    return db.session.scalar(select(MailMessage.id).where(_sendable(at)).limit(1)) is not None


def settle_doubtful(at: datetime) -> None:
    """A message whose worker died at the last byte is not sent again; it is marked for a person to see."""
    doubtful = (MailMessage.state == MailState.HANDING) & (MailMessage.lease_until < at)
    for message_id in db.session.scalars(select(MailMessage.id).where(doubtful)).all():
        _change(message_id, doubtful, state=MailState.UNCONFIRMED, lease_until=None, sent_at=at)


def deliver(limit: int = 1000) -> int:
    """Send up to ``limit`` waiting messages; returns how many went out."""
    settings = current_app.extensions["settings"]
    if settings.mail == "outbox":
        return _keep_on_page(limit)
    sent = 0
    connection: smtplib.SMTP | None = None
    try:
        while sent < limit and (message := _claim_next(settings.lease_seconds)) is not None:
            try:
                connection = connection or smtp.connect(settings)
                _send(connection, message, settings)
                sent += 1
            except smtplib.SMTPResponseException as error:
                _refused(message, error)
                connection = _close(connection)
            except (OSError, smtplib.SMTPException) as error:
                _broke_off(message, str(error))
                connection = _close(connection)
                if not isinstance(error, smtplib.SMTPServerDisconnected):
                    break  # the server is away: the dispatcher asks again later
    finally:
        _close(connection)
    return sent


def _close(connection: smtplib.SMTP | None) -> smtplib.SMTP | None:
    """Drop a connection that may be in any state; the next message begins with a new one."""
    if connection is not None:
        connection.close()
    return None


def _claim_next(lease_seconds: int) -> MailMessage | None:
    at = clock.now()
    for message_id in db.session.scalars(
        select(MailMessage.id).where(_sendable(at)).order_by(MailMessage.id).limit(20)
    ).all():
        claimed = _change(
            message_id, _sendable(at), state=MailState.SENDING, lease_until=at + timedelta(seconds=lease_seconds),
            attempts=MailMessage.attempts + 1,
        )  # fmt: skip
        if claimed:
            return db.session.get(MailMessage, message_id, populate_existing=True)
    return None


def _send(connection: smtplib.SMTP, message: MailMessage, settings: Any) -> None:
    society = settings.society_zh if message.locale == "zh" else settings.society_en
    mail = smtp.composed(message, settings.mail_from, society)
    message_id, address = message.id, message.to_address
    db.session.rollback()

    def about_to_end() -> None:
        if not _change(message_id, MailMessage.state == MailState.SENDING, state=MailState.HANDING):
            raise smtplib.SMTPServerDisconnected("the lease was lost")

    smtp.hand_over(connection, mail, settings.mail_from, address, about_to_end)
    _change(message_id, state=MailState.SENT, lease_until=None, sent_at=clock.now(), error="")


def _refused(message: MailMessage, error: smtplib.SMTPResponseException) -> None:
    """The server said no: for good (5xx), or for now (4xx)."""
    reason = f"{error.smtp_code} {error.smtp_error!r}"[:300]
    if error.smtp_code >= 500:
        _change(message.id, state=MailState.FAILED, lease_until=None, error=reason)
    else:
        _put_back(message, reason)


def _broke_off(message: MailMessage, reason: str) -> None:
    """The connection died. After the last byte the server may have accepted it: then it is not sent again."""
    doubtful = MailMessage.state == MailState.HANDING
    if not _change(
        message.id,
        doubtful,
        state=MailState.UNCONFIRMED,
        lease_until=None,
        sent_at=clock.now(),
        error=reason[:300],
    ):
        _put_back(message, reason)


def _put_back(message: MailMessage, reason: str) -> None:
    if message.attempts >= MAX_ATTEMPTS:
        _change(message.id, state=MailState.FAILED, lease_until=None, error=reason[:300])
        return
    later = clock.now() + timedelta(seconds=10 * 2**message.attempts)
    _change(message.id, state=MailState.PENDING, lease_until=None, not_before=later, error=reason[:300])


def _keep_on_page(limit: int) -> int:
    """Demo mode: a message is delivered when the outbox page shows it."""
    at = clock.now()
    ids = db.session.scalars(select(MailMessage.id).where(_sendable(at)).limit(limit)).all()
    return sum(
        _change(message_id, _sendable(at), state=MailState.SENT, lease_until=None, sent_at=at) for message_id in ids
    )
