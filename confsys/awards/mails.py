"""What awards write to people."""

from __future__ import annotations

from datetime import datetime

from confsys.accounts.models import Person
from confsys.awards.models import Award
from confsys.core.mail import Recipient, post
from confsys.events.models import Event


def _tell(template: str, award: Award, person: Person, *, at: datetime) -> None:
    """The message belongs to its reader and not to the event's outbox: it would tell who is a candidate."""
    address = next((email.address for email in person.emails if email.is_primary), "")
    if address:
        recipient = Recipient(address, person.name.shown(person.locale), person.locale, person.id)
        post(
            f"awards/mail/{template}.txt", recipient, key=f"awards.{template}:{award.id}:{person.id}", at=at,
            event_id=None, scope="awards", award=award,
        )  # fmt: skip


def pair(event: Event, person: Person, pair_id: int, template: str, *, at: datetime) -> None:
    """To both of a pair: that it is proposed, and that it is agreed."""
    address = next((email.address for email in person.emails if email.is_primary), "")
    if address:
        recipient = Recipient(address, person.name.shown(person.locale), person.locale, person.id)
        post(
            f"awards/mail/{template}.txt", recipient, key=f"awards.{template}:{pair_id}:{person.id}", at=at,
            event_id=None, scope="awards", event=event,
        )  # fmt: skip


def juror_asked(award: Award, person: Person, *, at: datetime) -> None:
    _tell("juror_asked", award, person, at=at)


def ballot_open(award: Award, person: Person, *, at: datetime) -> None:
    _tell("ballot_open", award, person, at=at)


def nominated(award: Award, person: Person, *, at: datetime) -> None:
    _tell("nominated", award, person, at=at)


def won(award: Award, person: Person, *, at: datetime) -> None:
    _tell("won", award, person, at=at)
