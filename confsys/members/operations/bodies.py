"""Branches, committees and offices: set up and changed; and people given offices, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from confsys.accounts.queries.people import by_verified_email
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.members import mails
from confsys.members.days import society_day
from confsys.members.models import Body, Office, OfficeTerm
from confsys.members.states import BodyKind

NAMELESS = _l("Please give the name in at least one language.")


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """Everything about a body but its key and its offices."""

    kind: BodyKind
    name: LocalizedText
    about: LocalizedText = LocalizedText()
    address: str = ""
    answer_days: int = 30
    founded_on: date | None = None
    dissolved_on: date | None = None


def _write(body: Body, facts: BodyFacts) -> None:
    if not facts.name:
        raise Invalid(name=NAMELESS)
    if facts.founded_on and facts.dissolved_on and facts.dissolved_on < facts.founded_on:
        raise Invalid(dissolved_on=_l("It cannot end before it began."))
    for name in ("kind", "name", "about", "address", "answer_days", "founded_on", "dissolved_on"):
        setattr(body, name, getattr(facts, name))


@operation
def create_body(key: str, facts: BodyFacts, *, actor: Actor, at: datetime) -> Body:
    body = Body(key=key, position=db.session.scalar(select(func.count(Body.id))) or 0)
    _write(body, facts)
    record("member.body_created", body, actor=actor, at=at, changes={}, key=key)
    return body


@operation
def edit_body(body: Body, facts: BodyFacts, *, version: int | None, actor: Actor, at: datetime) -> None:
    expect_version(body, version)
    _write(body, facts)
    record("member.body_edited", body, actor=actor, at=at, key=body.key)


@operation
def add_office(body: Body, title: LocalizedText, *, single: bool, actor: Actor, at: datetime) -> Office:
    lock(body)
    if not title:
        raise Invalid(title=NAMELESS)
    office = Office(body=body, title=title, is_single=single, position=len(body.offices))
    record("member.office_added", office, actor=actor, at=at, changes={}, title=title)
    return office


@operation
def edit_office(
    office: Office, title: LocalizedText, *, single: bool, version: int | None, actor: Actor, at: datetime
) -> None:
    """A single seat cannot be made of one that several people share."""
    lock(office)
    expect_version(office, version)
    if not title:
        raise Invalid(title=NAMELESS)
    terms = office.terms
    shared = any(a.meets(b.starts_on, b.ends_on) for n, a in enumerate(terms) for b in terms[n + 1 :])
    if single and shared:
        raise Invalid(single=_l("Two people have held it at the same time. End one term first."))
    office.title, office.is_single = title, single
    record("member.office_edited", office, actor=actor, at=at)


@operation
def appoint(
    office: Office, address: str, starts_on: date, ends_on: date | None, *, note: str = "", actor: Actor, at: datetime
) -> OfficeTerm:
    """Give an office to a person from a day on. Whoever appoints at the same moment waits for this one."""
    lock(office)
    person = by_verified_email(address)
    if person is None:
        raise Invalid(address=_l("Nobody with this address has an account here."))
    term = OfficeTerm(office_id=office.id, person=person, starts_on=starts_on, ends_on=ends_on, note=note)
    _check(office, term, starts_on, ends_on)
    db.session.add(term)
    record("member.appointed", term, actor=actor, at=at, changes={}, who=person.name.both, title=office.title)
    mails.appointed_mail(term, office, at=at)
    return term


def _check(office: Office, term: OfficeTerm, starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(ends_on=_l("The last day comes before the first."))
    others = select(OfficeTerm).where(OfficeTerm.office_id == office.id, OfficeTerm.id != (term.id or 0))
    with db.session.no_autoflush:
        for other in db.session.scalars(others):
            same = other.person_id == (term.person_id or term.person.id)
            if (office.is_single or same) and other.meets(starts_on, ends_on):
                raise Invalid(
                    starts_on=_l(
                        "%(name)s holds this office in that time. End that term first.", name=other.person.name.both
                    )
                )


@operation
def set_term(
    term: OfficeTerm, starts_on: date, ends_on: date | None, *, version: int | None, actor: Actor, at: datetime
) -> None:
    """When a term begins and ends: to end it, to prolong it, to put a mistake right. The audit keeps what was."""
    lock(term.office)
    expect_version(term, version)
    _check(term.office, term, starts_on, ends_on)
    term.starts_on, term.ends_on = starts_on, ends_on
    record("member.office_term_set", term, actor=actor, at=at, who=term.person.name.both, title=term.office.title)


@operation
def take_back_term(term: OfficeTerm, *, version: int | None, actor: Actor, at: datetime) -> None:
    """An appointment that has not begun. One that has is history, and is ended instead."""
    lock(term.office)
    expect_version(term, version)
    if term.starts_on <= society_day(at):
        raise Invalid(_l("This term has begun: give it a last day instead."))
    record("member.appointment_withdrawn", term, actor=actor, at=at, changes={}, who=term.person.name.both,
           title=term.office.title)  # fmt: skip
    db.session.delete(term)
