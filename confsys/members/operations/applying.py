"""From "I would like to be a member" to the office's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from confsys.accounts.addresses import checked
from confsys.accounts.links import hash_of
from confsys.accounts.models import Person
from confsys.accounts.queries.people import by_verified_email
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_token
from confsys.core.operation import expect_version, lock, operation
from confsys.members import mails
from confsys.members.days import society_day
from confsys.members.models import Application, Due, Referee, Tier
from confsys.members.operations.dues import change_class, open_due
from confsys.members.queries.membership import last_term, member_of, open_application, valid_membership
from confsys.members.states import (
    APPLICATION_TRANSITIONS,
    ApplicationKind,
    ApplicationState,
    DueKind,
    RefereeState,
)

#: How long a referee's link is good.
LIFETIME = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an applicant says."""

    tier: Tier
    statement: str = ""
    referees: Sequence[str] = ()
    branch_id: int | None = None


def _move(application: Application, to: ApplicationState) -> None:
    if to not in APPLICATION_TRANSITIONS[application.state]:
        raise Invalid(_l("This application has been answered in the meantime."))
    application.state = to


@operation
def apply(person: Person, wish: Wish, *, actor: Actor, at: datetime) -> Application:
    """Ask to join, or, as a member, to change the class. Referees are written to in the same transaction."""
    if open_application(person.id) is not None:
        raise Invalid(_l("Your application is with us already."))
    membership = valid_membership(person.id, society_day(at))
    if not wish.tier.is_open:
        raise Invalid(tier=_l("This class is given by the society; nobody applies for it."))
    if membership is not None and membership.tier == wish.tier.key:
        raise Invalid(tier=_l("You are in this class already."))
    addresses = list(dict.fromkeys(checked(address, "referees") for address in wish.referees if address.strip()))
    own = {email.address for email in person.emails}
    if own.intersection(addresses):
        raise Invalid(referees=_l("Nobody vouches for themselves: name other members."))
    if len(addresses) < wish.tier.referees:
        raise Invalid(referees=_l("This class needs %(number)s members who vouch for you.", number=wish.tier.referees))
    application = Application(
        person=person, tier=wish.tier, kind=ApplicationKind.JOIN if membership is None else ApplicationKind.CHANGE,
        state=ApplicationState.REFEREES if wish.tier.referees else ApplicationState.OFFICE, statement=wish.statement,
        branch_id=wish.branch_id, submitted_at=at,
    )  # fmt: skip
    db.session.add(application)
    record("member.applied", application, actor=actor, at=at, changes={}, tier=wish.tier.key)
    for address in addresses:
        _ask(application, address, at)
    return application


def _ask(application: Application, address: str, at: datetime) -> None:
    """Write to the member of an address. One that belongs to nobody is kept and looks the same to the applicant."""
    person = by_verified_email(address)
    known = person is not None and valid_membership(person.id, society_day(at)) is not None
    token = new_token() if known else None
    row = Referee(
        application=application, address=address, person_id=person.id if person and known else None, asked_at=at,
        token_hash=hash_of(token) if token else None, expires_at=at + LIFETIME,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if person is not None and token is not None:
        mails.referee_mail(person, address, application, token, at=at)


@operation
def replace_referee(application: Application, old: int, address: str, *, actor: Actor, at: datetime) -> None:
    """Somebody else instead of a referee who has not confirmed."""
    lock(application)
    row = next((referee for referee in application.asked if referee.id == old), None)
    if application.state is not ApplicationState.REFEREES or row is None or row.state is RefereeState.CONFIRMED:
        raise Invalid(_l("This cannot be changed any more."))
    address = checked(address, "address")
    own = {email.address for email in application.person.emails}
    if address in own or any(other.address == address for other in application.asked):
        raise Invalid(address=_l("Name a member whom you have not named yet."))
    application.asked.remove(row)
    db.session.flush()
    _ask(application, address, at)
    record("member.referee_replaced", application, actor=actor, at=at, changes={})


def referee_of(token: str, at: datetime) -> Referee | None:
    """The question behind a link, if it is still open."""
    row = db.session.scalar(select(Referee).where(Referee.token_hash == hash_of(token)))
    return row if row is not None and _answerable(row, at) else None


def _answerable(row: Referee, at: datetime) -> bool:
    waiting = row.application.state is ApplicationState.REFEREES
    return row.state is RefereeState.ASKED and at <= row.expires_at and waiting


@operation
def vouch(row: Referee, *, confirms: bool, words: str = "", actor: Actor, at: datetime) -> None:
    """A referee's answer, given once, from the link or from their own page."""
    lock(row)
    if not _answerable(row, at):
        raise Invalid(_l("This question has been answered or is out of date."))
    row.state = RefereeState.CONFIRMED if confirms else RefereeState.DECLINED
    row.answered_at, row.words, row.token_hash = at, words, None
    application = row.application
    record("member.vouched" if confirms else "member.not_vouched", application, actor=actor, at=at, changes={})
    if application.confirmed >= application.tier.referees:
        _move(application, ApplicationState.OFFICE)
        record("member.to_office", application, actor=actor, at=at)
    elif not confirms:
        mails.referee_declined_mail(application, row, at=at)


@operation
def withdraw(application: Application, *, actor: Actor, at: datetime) -> None:
    lock(application)
    _move(application, ApplicationState.WITHDRAWN)
    application.decided_at = at
    record("member.application_withdrawn", application, actor=actor, at=at)


@operation
def approve(application: Application, note: str = "", *, version: int | None, actor: Actor, at: datetime) -> Due | None:
    """Accept the applicant. A member they become only with the first payment; a change of class may cost nothing."""
    expect_version(application, version)
    _move(application, ApplicationState.APPROVED)
    application.decided_at, application.decided_by_id, application.note = at, actor.person_id, note
    record("member.approved", application, actor=actor, at=at)
    tier, person = application.tier, application.person
    if application.kind is ApplicationKind.CHANGE:
        due = _change(application, actor, at)
    else:
        amount = tier.dues_minor + (tier.joining_minor if member_of(person.id) is None else 0)
        due = open_due(person, tier, DueKind.JOIN, amount, application_id=application.id, actor=actor, at=at)
    mails.approved_mail(application, due, at=at)
    return due


def _change(application: Application, actor: Actor, at: datetime) -> Due | None:
    """The running term is paid: what is owed is the difference between the classes, if there is one."""
    member = member_of(application.person_id)
    last = last_term(member) if member is not None else None
    if member is None or last is None:
        raise Invalid(_l("This person is not a member any more."))
    difference = application.tier.dues_minor - last.tier.dues_minor
    if difference <= 0 or application.tier.currency != last.tier.currency:
        change_class(member, application.tier, actor=actor, at=at)
        return None
    return open_due(
        application.person, application.tier, DueKind.CHANGE, difference, application_id=application.id, actor=actor,
        at=at,
    )  # fmt: skip


@operation
def decline(application: Application, note: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    expect_version(application, version)
    if not note.strip():
        raise Invalid(note=_l("Please tell the applicant why."))
    _move(application, ApplicationState.DECLINED)
    application.decided_at, application.decided_by_id, application.note = at, actor.person_id, note
    record("member.declined", application, actor=actor, at=at)
    mails.declined_mail(application, at=at)
