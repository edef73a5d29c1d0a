"""What the publishing room writes to people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from confsys.accounts.models import Person
from confsys.core.mail import Recipient, post
from confsys.core.names import PersonName
from confsys.submissions.models import Author, Submission


def _recipient(author: Author) -> Recipient | None:
    person: Person | None = author.person
    primary = next((e.address for e in person.emails if e.is_primary), "") if person else ""
    address = primary or author.email
    if not address:
        return None
    locale = person.locale if person else "en"
    name: PersonName = author.name
    return Recipient(address, name.shown(locale), locale, author.person_id)


def tell_author(template: str, author: Author, paper: Submission, *, key: str, at: datetime, **values: Any) -> bool:
    """One message to one author of a paper; whether there is an address to write to."""
    recipient = _recipient(author)
    if recipient is not None:
        post(
            template, recipient, key=f"{key}:{author.id}", at=at, event_id=paper.event_id, paper=paper,
            event=paper.event, **values,
        )  # fmt: skip
    return recipient is not None


def tell_contacts(template: str, paper: Submission, *, key: str, at: datetime, **values: Any) -> int:
    """One message to each contact of a paper; returns to how many."""
    contacts = [author for author in paper.authors if author.is_contact]
    return sum(tell_author(template, author, paper, key=key, at=at, **values) for author in contacts)
