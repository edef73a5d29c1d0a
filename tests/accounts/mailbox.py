"""Reading the mail that a test caused, and the page it got."""

from __future__ import annotations

import re

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.mail import MailMessage


def letters(address: str) -> list[MailMessage]:
    query = select(MailMessage).where(MailMessage.to_address == address).order_by(MailMessage.id)
    return list(db.session.scalars(query))


def link_in(message: MailMessage) -> str:
    """The path of the first link in a message."""
    found = re.search(r"http://localhost(/\S+)", message.text)
    assert found, message.text
    return found.group(1)


def last_link(address: str) -> str:
    return link_in(letters(address)[-1])


def said(text: str) -> str:
    """A page without its request token, which differs from one second to the next."""
    return re.sub(r'(name="csrf-token" content=|name="csrf_token" value=)"[^"]*"', "", text)
