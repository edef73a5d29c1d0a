"""Writing mail: a template in the reader's language, a row in the running transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, render_template
from sqlalchemy import select

from confsys.core.db import db
from confsys.core.i18n import force_locale
from confsys.core.mail.models import MailMessage, MailState


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a message goes and in which language it is written."""

    address: str
    name: str = ""
    locale: str = "en"
    person_id: int | None = None


def composed(template: str, recipient: Recipient, **values: Any) -> tuple[str, str]:
    """Subject and text as they would be written, in the recipient's language; for previews too."""
    settings = current_app.extensions["settings"]
    with force_locale(recipient.locale):
        society = settings.society_zh if recipient.locale == "zh" else settings.society_en
        written = render_template(
            template,
            recipient=recipient,
            locale=recipient.locale,
            society=society,
            base_url=settings.base_url,
            **values,
        )
    subject, _, text = written.strip().partition("\n")
    return " ".join(subject.split())[:300], text.strip() + "\n"


def post(
    template: str,
    recipient: Recipient,
    *,
    key: str,
    at: datetime,
    event_id: int | None = None,
    draft: bool = False,
    scope: str = "",
    reply_to: str = "",
    not_before: datetime | None = None,
    **values: Any,
) -> MailMessage:
    """Write one message from ``templates/<room>/mail/<name>.txt``.

    The template's first line is the subject; a blank line follows, then the text. ``key`` names cause and
    recipient: a second call with the same key returns the message that exists.
    """
    known = db.session.scalar(select(MailMessage).where(MailMessage.key == key))
    if known is not None:
        return known
    subject, text = composed(template, recipient, **values)
    message = MailMessage(
        key=key, state=MailState.DRAFT if draft else MailState.PENDING, event_id=event_id, scope=scope,
        person_id=recipient.person_id, to_name=recipient.name, to_address=recipient.address, reply_to=reply_to,
        locale=recipient.locale, subject=subject, text=text, created_at=at,
        not_before=not_before or at,
    )  # fmt: skip
    db.session.add(message)
    db.session.flush()
    return message
