"""What the forum writes to people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.mail import Recipient, post
from confsys.events.models import Event
from confsys.forum.models import Demo, NeedMatch, Quote, ShortTalk, TopicProposal
from confsys.forum.states import DemoState, QuoteState, ShortTalkState, Side, TopicState


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


def short_talk_placed(talk: ShortTalk, event: Event, *, at: datetime) -> None:
    listed = talk.state is ShortTalkState.ON_LIST
    key = f"{talk.id}:{talk.version}"
    _tell("short_talk_placed", talk.person, key, at=at, event_id=event.id, talk=talk, event=event, listed=listed)


def quote_asked(quote: Quote, event: Event, *, at: datetime) -> None:
    _tell("quote_asked", quote.person, str(quote.id), at=at, event_id=event.id, quote=quote, event=event)


def minutes_published(event: Event, *, at: datetime) -> None:
    """Everybody who spoke or is quoted hears that the minutes are out."""
    spoke = select(ShortTalk.person_id).where(ShortTalk.event_id == event.id, ShortTalk.state == ShortTalkState.ON_LIST)
    quoted = select(Quote.person_id).where(Quote.event_id == event.id, Quote.state == QuoteState.AGREED)
    people = select(Person).where(Person.id.in_(spoke) | Person.id.in_(quoted)).order_by(Person.id)
    for person in db.session.scalars(people):
        _tell("minutes_published", person, f"{event.id}:{person.id}", at=at, event_id=event.id, event=event)


def match_asked(match: NeedMatch, *, at: datetime) -> None:
    """To each side that has not said yes. Nothing here that is not public: no detail, no contact, no hidden name."""
    need, expert = match.need, match.expert
    sides = [("match_asked_expert", expert.person)] if match.begun_by is not Side.EXPERT else []
    sides += [("match_asked_company", need.person)] if match.begun_by is not Side.COMPANY else []
    for template, person in sides:
        _tell(template, person, str(match.id), at=at, event_id=need.event_id, need=need, expert=expert,
              event=need.event)  # fmt: skip


def match_agreed(match: NeedMatch, *, at: datetime) -> None:
    """To both: how to reach the other. The detail stays on the page, which asks who reads."""
    need, expert = match.need, match.expert
    for me, other in ((need.person, expert.person), (expert.person, need.person)):
        contact = next((email.address for email in other.emails if email.is_primary), "")
        _tell("match_agreed", me, f"{match.id}:{me.id}", at=at, event_id=need.event_id, need=need, event=need.event,
              other=other, contact=contact)  # fmt: skip


def demo_placed(demo: Demo, *, at: datetime) -> None:
    event = db.session.get_one(Event, demo.event_id)
    placed = demo.state is DemoState.PLACED
    _tell("demo_placed", demo.person, f"{demo.id}:{demo.version}", at=at, event_id=event.id, demo=demo, event=event,
          placed=placed)  # fmt: skip
