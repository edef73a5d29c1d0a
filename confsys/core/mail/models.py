"""One row a message to one person."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from confsys.core.db import Model, enum_column


class MailState(enum.StrEnum):
    DRAFT = "draft"  # written for a person to look at first
    PENDING = "pending"
    SENDING = "sending"  # leased by a worker
    HANDING = "handing"  # the last byte is on its way; not certain until the server answers
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"  # the worker died while the server answered: not sent again by itself
    FAILED = "failed"
    DISCARDED = "discarded"


class MailMessage(Model):
    __tablename__ = "mail_message"
    __table_args__ = (
        CheckConstraint("(state IN ('sending', 'handing')) = (lease_until IS NOT NULL)", name="lease_while_sending"),
        CheckConstraint("(state IN ('sent', 'unconfirmed')) = (sent_at IS NOT NULL)", name="sent_at_when_sent"),
        Index("ix_mail_message_state_not_before", "state", "not_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: What it is about and to whom; the same message asked for twice is written once.
    key: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[MailState] = mapped_column(enum_column(MailState), default=MailState.PENDING)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Empty: the event's organisers may read it in the outbox. Otherwise the circle that may.
    scope: Mapped[str] = mapped_column(String(40), default="")
    to_name: Mapped[str] = mapped_column(String(200), default="")
    to_address: Mapped[str] = mapped_column(String(254))
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(300), default="")
