"""Whether those who give a talk come: asked by mail, said by themselves, or noted by an organiser."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.mail import post
from confsys.core.operation import operation
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.models import Speaker, Talk
from confsys.programme.operations.letters import recipients
from confsys.programme.operations.talks import title_of
from confsys.programme.queries.mine import presents
from confsys.programme.rules import may_answer, may_arrange
from confsys.programme.states import TALK_TRANSITIONS, TalkState
from confsys.submissions.models import Author, Submission


@operation
def ask_presenters(event: Event, *, standing: EventStanding, actor: Actor, at: datetime) -> int:
    """Write to those of every talk that nobody has answered for: do you come, when can you not, what do you need?

    Returns how many letters went out. Asked again, only those who still have not answered are written to.
    """
    demand(may_arrange(standing))
    query = select(Talk).where(Talk.event_id == event.id, Talk.state.in_((TalkState.OPEN, TalkState.ASKED)))
    loading = (
        selectinload(Talk.submission).selectinload(Submission.authors).selectinload(Author.person),
        selectinload(Talk.speakers).selectinload(Speaker.person).selectinload(Person.emails),
    )
    talks = db.session.scalars(query.options(*loading).order_by(Talk.id)).all()
    written = 0
    for talk in talks:
        talk.state, talk.asked_at = TalkState.ASKED, at
        for recipient in recipients(talk):
            post(
                "programme/mail/confirm.txt", recipient, key=f"confirm:{talk.id}:{recipient.address}:{at.isoformat()}",
                at=at, event_id=event.id, reply_to=event.contact_email, event=event, talk_title=title_of(talk),
            )  # fmt: skip
            written += 1
    record("presenters.ask", event, actor=actor, at=at, event_id=event.id, changes={}, count=written)
    return written


@operation
def answer_for_talk(event: Event, talk: Talk, *, coming: bool, viewer: Viewer, actor: Actor, at: datetime) -> None:
    """A presenter's own word about one of their talks."""
    demand(may_answer((viewer.person_id or 0) if presents(viewer, talk) else 0, viewer))
    _turn(talk, TalkState.CONFIRMED if coming else TalkState.DECLINED, actor, at)


@operation
def note_confirmation(
    event: Event, talks: Sequence[Talk], state: TalkState, *, standing: EventStanding, actor: Actor, at: datetime
) -> int:
    """What presenters told an organiser some other way; returns how many talks it changed."""
    demand(may_arrange(standing))
    if state not in (TalkState.CONFIRMED, TalkState.DECLINED):
        raise Invalid(_l("Choose one of the actions of the list."))
    changed = [talk for talk in talks if talk.event_id == event.id and state in TALK_TRANSITIONS[talk.state]]
    for talk in changed:
        _turn(talk, state, actor, at)
    return len(changed)


def _turn(talk: Talk, state: TalkState, actor: Actor, at: datetime) -> None:
    if state not in TALK_TRANSITIONS[talk.state]:
        raise Invalid(_l("This has been answered or changed since. Reload the page."))
    talk.state = state
    record(
        "talk.confirm" if state is TalkState.CONFIRMED else "talk.decline",
        talk,
        actor=actor,
        at=at,
        title=title_of(talk),
    )
