"""Chairs and panellists: pencilled in, asked, and answering for themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from confsys.accounts.models import EmailAddress, Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.mail import Recipient, post
from confsys.core.operation import expect_version, operation
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.models import Duty, Session
from confsys.programme.operations.journal import journal
from confsys.programme.operations.sessions import refuse_blocked
from confsys.programme.rules import may_answer, may_arrange
from confsys.programme.states import DUTY_TRANSITIONS, DutyRole, DutyState


@operation
def propose(
    event: Event, session: Session, address: str, role: DutyRole, *, standing: EventStanding, actor: Actor,
    at: datetime,
) -> Duty:  # fmt: skip
    """Pencil somebody in, by a verified e-mail address of theirs. Nobody is written to yet."""
    demand(may_arrange(standing))
    person = db.session.scalar(
        select(Person)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(EmailAddress.address == address.strip().lower(), EmailAddress.verified_at.is_not(None))
    )
    if person is None:
        raise Invalid(address=_l("Nobody has an account with this address. Ask them to sign up first."))
    if any(duty.person_id == person.id and duty.role is role for duty in session.duties):
        raise Invalid(address=_l("This person is already part of the session."))
    duty = Duty(session_id=session.id, person_id=person.id, role=role, position=len(session.duties))
    with journal(event.id, actor=actor, at=at) as kept:
        kept.created(duty)
    refuse_blocked(event, session)
    record(
        "duty.propose", duty, actor=actor, at=at, event_id=event.id, person=person.name.both, session=session.title
    )  # fmt: skip
    return duty


@operation
def ask(event: Event, duty: Duty, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """Write to the person and ask whether they will do it."""
    demand(may_arrange(standing))
    expect_version(duty, version)
    _turn(duty, DutyState.ASKED)
    duty.asked_at, duty.answered_at, duty.reason = at, None, ""
    _record("duty.ask", event, duty, actor, at)
    person = duty.person
    address = next((email.address for email in person.emails if email.is_primary), "")
    if address:
        recipient = Recipient(address, person.name.shown(person.locale), person.locale, person.id)
        post(
            "programme/mail/duty.txt", recipient, key=f"duty:{duty.id}:{at.isoformat()}", at=at, event_id=event.id,
            reply_to=event.contact_email, event=event, session=duty.session, duty=duty,
        )  # fmt: skip


@operation
def answer(
    event: Event, duty: Duty, *, accept: bool, reason: str = "", viewer: Viewer, actor: Actor, at: datetime
) -> None:
    """The person's own word: yes or no."""
    demand(may_answer(duty.person_id, viewer))
    _turn(duty, DutyState.ACCEPTED if accept else DutyState.DECLINED)
    duty.answered_at, duty.reason = at, "" if accept else reason.strip()[:500]
    _record("duty.accept" if accept else "duty.decline", event, duty, actor, at)


@operation
def withdraw_duty(
    event: Event, duty: Duty, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Take somebody off a session."""
    demand(may_arrange(standing))
    expect_version(duty, version)
    _record("duty.withdraw", event, duty, actor, at)
    with journal(event.id, actor=actor, at=at) as kept:
        kept.remove(duty)


def _turn(duty: Duty, state: DutyState) -> None:
    if state not in DUTY_TRANSITIONS[duty.state]:
        raise Invalid(_l("This has been answered or changed since. Reload the page."))
    duty.state = state


def _record(action: str, event: Event, duty: Duty, actor: Actor, at: datetime) -> None:
    record(
        action, duty, actor=actor, at=at, event_id=event.id, person=duty.person.name.both, session=duty.session.title
    )  # fmt: skip
