"""What the forum writes to people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from confsys.accounts.models import Person
from confsys.core.mail import Recipient, post
from confsys.events.models import Event
from confsys.forum.models import TopicProposal
from confsys.forum.states import TopicState


def _tell(template: str, person: Person, key: str, *, at: datetime, event_id: int | None = None, **values: Any) -> None:
    """Write to somebody with an account; the message belongs to them, not to the event's outbox."""
    address = next((email.address for email in person.emails if email.is_primary), "")
    if address:
        recipient = Recipient(address, person.name.shown(person.locale), person.locale, person.id)
        post(
            f"forum/mail/{template}.txt", recipient, key=f"forum.{template}:{key}", at=at, event_id=event_id,
            scope="forum", **values,
        )  # fmt: skip


def topic_decided(proposal: TopicProposal, *, at: datetime) -> None:
    _tell(
        "topic_decided", proposal.person, f"{proposal.id}:{proposal.version}", at=at, event_id=proposal.event_id,
        proposal=proposal, selected=proposal.state is TopicState.SELECTED,
    )  # fmt: skip


def topic_realised(proposal: TopicProposal, event: Event, *, at: datetime) -> None:
    _tell("topic_realised", proposal.person, str(proposal.id), at=at, event_id=event.id, proposal=proposal, event=event)
