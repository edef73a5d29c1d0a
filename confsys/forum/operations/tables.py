"""A round table: people are asked to sit, each sends a statement before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.events.invitees import Invitee
from confsys.events.models import Event, RoleGrant
from confsys.events.operations.roles import Invited, invite
from confsys.events.options import options_of
from confsys.events.states import Role
from confsys.forum.models import Statement
from confsys.forum.operations.gatherings import gathering_for
from confsys.forum.options import ForumOptions
from confsys.forum.queries.gatherings import seats_taken
from confsys.forum.rules.gatherings import GatheringStanding, may_lead, may_send_statement

STATEMENT_MAX = 4000


@operation
def ask_to_table(
    event: Event, invitees: Sequence[Invitee], message: str, *, locale: str, standing: GatheringStanding,
    actor: Actor, at: datetime,
) -> Invited:  # fmt: skip
    """Invite by mail. Not more are asked than there are seats: who declines makes room for another."""
    demand(may_lead(standing))
    lock(gathering_for(event))  # two who invite at once must not overfill the table
    done = invite(event, invitees, Role.SEAT, locale=locale, message=message, actor=actor, at=at)
    seats = options_of(event, ForumOptions).seats
    if seats_taken(event.id, with_invited=True) > seats:
        raise Invalid(people=_l("The table has %(seats)s seats; so many people cannot be asked.", seats=seats))
    record("forum.seats_invited", event, actor=actor, at=at, event_id=event.id, changes={}, count=len(done.asked))
    return done


def guard_seats(grant: RoleGrant, event: Event) -> None:
    """A seat was taken (perhaps by an invitation from elsewhere): refuse it when the table is full."""
    if grant.role is Role.SEAT:
        lock(gathering_for(event))
        if seats_taken(event.id, with_invited=False) > options_of(event, ForumOptions).seats:
            raise Invalid(_l("The table is full. Write to the organisers; they may find a seat for you."))


@operation
def send_statement(
    event: Event, title: str, text: str, is_public: bool, *, version: int | None, standing: GatheringStanding,
    actor: Actor, at: datetime,
) -> Statement:  # fmt: skip
    """Send one's statement, or change it, until the summary is out."""
    demand(may_send_statement(standing))
    if not title:
        raise Invalid(title=_l("Please give your statement a title."))
    if not text or len(text) > STATEMENT_MAX:
        raise Invalid(text=_l("Between one line and one page: at most %(most)s characters.", most=STATEMENT_MAX))
    query = select(Statement).where(Statement.event_id == event.id, Statement.person_id == actor.person_id)
    sent = db.session.scalar(query)
    if sent is None:
        sent = Statement(event_id=event.id, person_id=actor.person_id, sent_at=at)
    else:
        expect_version(sent, version)
    sent.title, sent.text, sent.is_public = title, text, is_public
    record("forum.statement", sent, actor=actor, at=at, changes={})
    return sent
