"""Handing one message to an SMTP server so that a crash neither loses nor repeats it.

The body is sent, then the row is committed as ``handing``, then the final dot goes out. Killed before the
commit, the server has no complete message and the row is sent again; killed after it, the message is all but
certainly accepted and the row is not sent again. The doubtful moment is one write long.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, make_msgid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from confsys.core.mail.models import MailMessage
    from confsys.settings import Settings

TIMEOUT = 30


def connect(settings: Settings) -> smtplib.SMTP:
    """A signed-in connection. Raises OSError or smtplib.SMTPException."""
    context = ssl.create_default_context()
    if settings.mail_tls == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.mail_server, settings.mail_port, timeout=TIMEOUT, context=context
        )
    else:
        connection = smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=TIMEOUT)
        if settings.mail_tls == "starttls":
            connection.starttls(context=context)
    if settings.mail_user:
        connection.login(settings.mail_user, settings.mail_password)
    return connection


def composed(message: MailMessage, sender: str, society: str) -> EmailMessage:
    """The message as it travels. Its Message-ID is made from its row, so a repetition could be recognised."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((society, sender))
    mail["To"] = formataddr((message.to_name, message.to_address))
    mail["Subject"] = message.subject
    mail["Date"] = message.created_at
    domain = sender.rpartition("@")[2] or "localhost"
    mail["Message-ID"] = make_msgid(idstring=f"confsys-{message.id}", domain=domain)
    mail["Auto-Submitted"] = "auto-generated"
    if message.reply_to:
        mail["Reply-To"] = message.reply_to
    mail.set_content(message.text)
    return mail


def hand_over(
    connection: smtplib.SMTP, mail: EmailMessage, sender: str, address: str, before_last: Callable[[], None]
) -> None:
    """Send one message, calling ``before_last`` when only the final dot is missing.

    Raises smtplib.SMTPResponseException when the server refuses.
    """
    connection.ehlo_or_helo_if_needed()
    _demand(connection.mail(sender), 250)
    code, text = connection.rcpt(address)
    if code not in (250, 251):
        connection.rset()
        raise smtplib.SMTPResponseException(code, text)
    _demand(connection.docmd("data"), 354)
    body = mail.as_bytes(policy=SMTP)
    connection.send(body.replace(b"\r\n.", b"\r\n..") + (b"" if body.endswith(b"\r\n") else b"\r\n"))
    before_last()
    connection.send(b".\r\n")
    _demand(connection.getreply(), 250)


def _demand(answer: tuple[int, bytes], code: int) -> None:
    if answer[0] != code:
        raise smtplib.SMTPResponseException(*answer)
