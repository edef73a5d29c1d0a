"""Messages of this room. All but the referee's link are plain news; what the office reads of them is its own page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from confsys.accounts.links import hash_of
from confsys.accounts.mails import recipient_of
from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core.db import db
from confsys.core.mail import post
from confsys.members.models import (
    Application,
    Due,
    IntegrityCase,
    Member,
    Office,
    OfficerChange,
    OfficeTerm,
    Referee,
    Suggestion,
    Term,
)
from confsys.members.states import OfficerChangeState

#: Mail with links that answer for somebody, or about one person's money: no outbox page of an event shows it.
SCOPE = "member"
#: Nobody but those it is addressed to: no list of mail may show these.
CONFIDENTIAL = "integrity"


def link(path: str) -> str:
    base: str = current_app.extensions["settings"].base_url
    return base + path


def tell(template: str, person: Person, key: str, at: datetime, *, address: str = "", **values: Any) -> None:
    """One message to one person, once for one key. Somebody without an address of their own is told nothing."""
    to = recipient_of(person, address)
    if to.address:
        post(f"members/mail/{template}.txt", to, key=f"members.{template}:{key}", at=at, scope=SCOPE, **values)


def referee_mail(person: Person, address: str, application: Application, token: str, *, at: datetime) -> None:
    tell(
        "referee", person, hash_of(token), at, address=address, applicant=application.person.name,
        tier=application.tier.name, statement=application.statement, link=link(f"/membership/vouch/{token}"),
    )  # fmt: skip


def referee_declined_mail(application: Application, row: Referee, *, at: datetime) -> None:
    """Says that another referee is needed, not what the first one said."""
    tell(
        "referee_declined", application.person, f"{application.id}:{row.id}", at, address="", named=row.address,
        link=link("/membership/application"),
    )  # fmt: skip


def approved_mail(application: Application, due: Due | None, *, at: datetime) -> None:
    tell(
        "approved", application.person, str(application.id), at, tier=application.tier.name, note=application.note,
        due=due if due is not None and due.amount_minor else None, link=link("/membership"),
    )  # fmt: skip


def declined_mail(application: Application, *, at: datetime) -> None:
    tell("declined", application.person, str(application.id), at, tier=application.tier.name, note=application.note)


def term_begins_mail(member: Member, term: Term, *, first: bool, at: datetime) -> None:
    tell(
        "term_begins", member.person, str(term.due_id), at, number=str(member.number), term=term, first=first,
        link=link("/membership/card"),
    )  # fmt: skip


def reminder_key(term: Term, step: str) -> str:
    return f"members.reminder_{step}:{term.id}"


def reminder_mail(member: Member, term: Term, step: str, *, at: datetime) -> None:
    """``step``: early, last, grace or lapsed. Each is written once for a term, whatever day the round is made."""
    tell(
        f"reminder_{step}", member.person, str(term.id), at, number=str(member.number), term=term,
        dues=member.tier.dues, link=link("/membership"),
    )  # fmt: skip


def integrity_mail(case: IntegrityCase, person: Person, step: str, *, at: datetime) -> None:
    """Whoever looks over a shoulder learns nothing: neither the subject nor the text says what it is about."""
    post(
        "members/mail/confidential.txt", recipient_of(person), key=f"members.confidential:{case.id}:{step}:{person.id}",
        at=at, scope=CONFIDENTIAL, link=link(f"/integrity/cases/{case.code}"),
    )  # fmt: skip


def officer_mail(change: OfficerChange, person: Person, *, at: datetime) -> None:
    """Somebody waits for a second person's word, or one's own role changed."""
    post(
        "members/mail/confidential.txt", recipient_of(person),
        key=f"members.officer:{change.id}:{change.state.value}:{person.id}", at=at, scope=CONFIDENTIAL,
        link=link("/integrity/officers" if change.state is OfficerChangeState.PROPOSED else "/integrity/cases"),
    )  # fmt: skip


def appointed_mail(term: OfficeTerm, office: Office, *, at: datetime) -> None:
    tell(
        "appointed", term.person, str(term.id), at, office=office.title, body=office.body.name, term=term,
        link=link(f"/membership/bodies/{office.body.key}"),
    )  # fmt: skip


def suggestion_key(template: str, row: Suggestion, person: Person, about: str) -> str:
    return f"members.{template}:{row.id}:{about}:{person.id}"


def suggestion_mail(template: str, row: Suggestion, person: Person, about: str, *, at: datetime) -> None:
    tell(
        template, person, f"{row.id}:{about}:{person.id}", at, title=row.title, due=row.due_on,
        body=row.body.name if row.body is not None else "", link=link(f"/membership/suggestions/{row.code}"),
    )  # fmt: skip


def integrity_to_officers(case: IntegrityCase, *, at: datetime) -> None:
    """To the officers who are not a party to it."""
    query = select(Person).join(Person.roles).where(SiteRoleGrant.role == SiteRole.INTEGRITY)
    for person in db.session.scalars(query):
        if person.id not in {case.complainant_id, case.respondent_id}:
            integrity_mail(case, person, "filed", at=at)
