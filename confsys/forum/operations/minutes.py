"""Minutes: written by host or scribe, with words their speakers agreed to and ideas that others take up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.forum import mails
from confsys.forum.models import Idea, Quote
from confsys.forum.operations.gatherings import gathering_for
from confsys.forum.rules.gatherings import (
    GatheringStanding,
    may_answer_quote,
    may_take_up,
    may_tell_outcome,
    may_write,
)  # fmt: skip
from confsys.forum.states import IDEA_TRANSITIONS, IdeaState, QuoteState


@operation
def write(
    event: Event, text: str, *, version: int | None, standing: GatheringStanding, actor: Actor, at: datetime
) -> None:
    """The text of the minutes, or the summary. Published ones may be corrected, never emptied."""
    demand(may_write(standing))
    gathering = gathering_for(event)
    expect_version(gathering, version)
    if not text and gathering.published_at is not None:
        raise Invalid(text=_l("Published minutes cannot be emptied."))
    gathering.text = text
    record("forum.minutes_written", gathering, actor=actor, at=at, changes={})


@operation
def publish(event: Event, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    """Only when nobody's words wait for an answer: what was not agreed to stays out."""
    demand(may_write(standing))
    gathering = gathering_for(event)
    lock(gathering)
    if gathering.published_at is not None:
        raise Invalid(_l("The minutes are published already."))
    if not gathering.text:
        raise Invalid(_l("There is no text yet. Write it first, then publish."))
    waiting = select(func.count()).select_from(Quote).where(
        Quote.event_id == event.id, Quote.state == QuoteState.ASKED
    )  # fmt: skip
    if db.session.scalar(waiting):
        raise Invalid(_l("Somebody has not yet agreed to the words you quote. Wait for the answer or take them out."))
    gathering.published_at = at
    record("forum.minutes_published", gathering, actor=actor, at=at, changes={})
    mails.minutes_published(event, at=at)


@operation
def ask_quote(
    event: Event, person: Person, text: str, *, standing: GatheringStanding, actor: Actor, at: datetime
) -> Quote:
    """Ask somebody whether their words may stand in the minutes as they are written here."""
    demand(may_write(standing))
    if not text:
        raise Invalid(text=_l("Please write the words."))
    made = Quote(event_id=event.id, person_id=person.id, person=person, state=QuoteState.ASKED, text=text, asked_at=at)
    record("forum.quote_asked", made, actor=actor, at=at, changes={}, who=person.name.both)
    mails.quote_asked(made, event, at=at)
    return made


@operation
def answer_quote(quote: Quote, agreed: bool, text: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Agree, perhaps with better words, or say no. Only whose words they are."""
    lock(quote)
    demand(may_answer_quote(quote.person_id == actor.person_id, quote.state))
    expect_version(quote, version)
    if agreed and not text:
        raise Invalid(text=_l("Please write the words, or say that they should be left out."))
    if agreed:
        quote.text = text
    quote.state, quote.answered_at = (QuoteState.AGREED if agreed else QuoteState.DECLINED), at
    record("forum.quote_answered", quote, actor=actor, at=at, changes={})


@operation
def remove_quote(quote: Quote, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    demand(may_write(standing))
    record("forum.quote_removed", quote, actor=actor, at=at, changes={}, who=quote.person.name.both)
    db.session.delete(quote)


@operation
def note_idea(
    event: Event, title: str, detail: str, *, standing: GatheringStanding, actor: Actor, at: datetime
) -> Idea:
    demand(may_write(standing))
    if not title:
        raise Invalid(title=_l("Please put the idea into one line."))
    made = Idea(event_id=event.id, state=IdeaState.OPEN, title=title, detail=detail)
    record("forum.idea", made, actor=actor, at=at, changes={}, title=title)
    return made


@operation
def remove_idea(idea: Idea, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    """An idea that nobody has taken up."""
    demand(may_write(standing))
    lock(idea)
    if idea.state is not IdeaState.OPEN:
        raise Invalid(_l("Somebody has taken it up already."))
    record("forum.idea_removed", idea, actor=actor, at=at, changes={}, title=idea.title)
    db.session.delete(idea)


@operation
def take_up(idea: Idea, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    """Put one's name to an idea."""
    lock(idea)
    demand(may_take_up(standing, idea.state))
    _move(idea, IdeaState.TAKEN_UP)
    idea.taken_by_id, idea.taken_at = actor.person_id, at
    record("forum.idea_moved", idea, actor=actor, at=at, title=idea.title)


@operation
def give_back(idea: Idea, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    """Nobody is at work on it any more; another may take it up."""
    lock(idea)
    demand(may_tell_outcome(standing, idea.taken_by_id == actor.person_id, idea.state))
    _move(idea, IdeaState.OPEN)
    idea.taken_by_id, idea.taken_at = None, None
    record("forum.idea_moved", idea, actor=actor, at=at, title=idea.title)


@operation
def finish(idea: Idea, outcome: str, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    """Say what became of it."""
    lock(idea)
    demand(may_tell_outcome(standing, idea.taken_by_id == actor.person_id, idea.state))
    if not outcome:
        raise Invalid(outcome=_l("Please say what became of it."))
    _move(idea, IdeaState.DONE)
    idea.outcome, idea.done_at = outcome, at
    record("forum.idea_moved", idea, actor=actor, at=at, title=idea.title)


def _move(idea: Idea, to: IdeaState) -> None:
    if to not in IDEA_TRANSITIONS[idea.state]:
        raise Invalid(_l("Somebody else was faster: the idea stands differently now."))
    idea.state = to
