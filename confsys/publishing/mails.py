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


def tell_contacts(template: str, paper: Submission, *, key: str, at: datetime, **values: Any) -> int:
    """One message to each contact of a paper; returns to how many."""
    told = 0
    for author in paper.authors:
        recipient = _recipient(author) if author.is_contact else None
        if recipient is not None:
            post(
                template, recipient, key=f"{key}:{author.id}", at=at, event_id=paper.event_id,
                paper=paper, event=paper.event, **values,
            )  # fmt: skip
            told += 1
    return told
