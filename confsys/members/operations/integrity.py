"""Casework: complaint, screening, notice, reply, panel, decision, appeal, close.

A case keeps its own story and writes nothing into the common audit: an entry there would tell whoever reads the audit
that there is a case. Mail says only that something confidential waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select

from confsys.accounts.models import Person
from confsys.accounts.queries.people import by_verified_email
from confsys.core.actor import SYSTEM, Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.formatting import join
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.operation import expect_version, lock, operation
from confsys.members import mails
from confsys.members.days import society_day
from confsys.members.models import CaseEntry, IntegrityCase, Panelist, Sanction
from confsys.members.queries.integrity import ties
from confsys.members.queries.membership import valid_membership
from confsys.members.states import CASE_TRANSITIONS, Allegation, CaseOutcome, CaseState

REPLY_DAYS, APPEAL_DAYS, RETAIN_YEARS = 28, 21, 5
#: The entry of a story that says that a suspension is over.
LIFTED = "lifted"
#: A panel is odd, so that it can always decide.
SMALLEST_PANEL = 3


@dataclass(frozen=True, slots=True)
class Complaint:
    allegation: Allegation
    respondent: str
    text: str


def _note(case: IntegrityCase, action: str, actor: Actor, at: datetime) -> None:
    case.story.append(CaseEntry(at=at, action=action, actor_id=actor.person_id))


def _move(case: IntegrityCase, to: CaseState, actor: Actor, at: datetime) -> None:
    if to not in CASE_TRANSITIONS[case.state]:
        raise Invalid(_l("The case has moved on in the meantime."))
    case.state = to
    _note(case, to.value, actor, at)


@operation
def file_complaint(complaint: Complaint, *, actor: Actor, at: datetime) -> IntegrityCase:
    """The answer is the same whether the person named is known here or not."""
    if not complaint.text.strip():
        raise Invalid(text=_l("Please describe what happened."))
    respondent = by_verified_email(complaint.respondent) if "@" in complaint.respondent else None
    case = IntegrityCase(
        code=new_code(10), state=CaseState.FILED, allegation=complaint.allegation, complainant_id=actor.person_id,
        respondent_id=respondent.id if respondent else None, respondent_words=complaint.respondent,
        complaint=complaint.text, filed_at=at,
    )  # fmt: skip
    db.session.add(case)
    _note(case, "filed", actor, at)
    db.session.flush()
    mails.integrity_to_officers(case, at=at)
    return case


@operation
def dismiss(case: IntegrityCase, reason: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Screened out: there is nothing to look into. The respondent never hears of it."""
    expect_version(case, version)
    case.decision, case.outcome = reason, CaseOutcome.DISMISSED
    _close(case, actor, at)
    _tell(case, case.complainant, "dismissed", at)


@operation
def give_notice(case: IntegrityCase, address: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Tell the respondent, who may reply in writing for four weeks."""
    expect_version(case, version)
    person = case.respondent or by_verified_email(address)
    if person is None:
        raise Invalid(address=_l("Nobody with this address has an account here."))
    if person.id in {case.complainant_id, actor.person_id}:
        raise Invalid(address=_l("The respondent cannot be this person."))
    case.respondent = person
    case.reply_until = at + timedelta(days=REPLY_DAYS)
    _move(case, CaseState.NOTICE, actor, at)
    _tell(case, person, "notice", at)


@operation
def reply(case: IntegrityCase, text: str, *, actor: Actor, at: datetime) -> None:
    lock(case)
    if case.state is not CaseState.NOTICE or case.reply_until is None or at > case.reply_until:
        raise Invalid(_l("The time for a reply is over."))
    case.reply = text
    _note(case, "reply", actor, at)


@operation
def add_panelist(case: IntegrityCase, address: str, *, actor: Actor, at: datetime) -> None:
    """A member without any tie to either party."""
    lock(case)
    if case.state is not CaseState.NOTICE:
        raise Invalid(_l("The panel is called together after the notice."))
    person = by_verified_email(address)
    day = society_day(at)
    if person is None or valid_membership(person.id, day) is None:
        raise Invalid(address=_l("Only members of the society judge."))
    parties = [party for party in (case.complainant_id, case.respondent_id) if party is not None]
    if person.id == actor.person_id:
        raise Invalid(address=_l("Whoever handles the case does not judge it."))
    reasons = ties(person.id, parties, day)
    if reasons:
        raise Invalid(address=_l("This person cannot judge: %(reasons)s.", reasons=join(reasons)))
    if all(row.person_id != person.id for row in case.panel):
        case.panel.append(Panelist(person_id=person.id))
        _note(case, "panelist", actor, at)


@operation
def convene(case: IntegrityCase, *, version: int | None, actor: Actor, at: datetime) -> None:
    """The panel begins once the respondent has replied, or the time for it is over."""
    expect_version(case, version)
    if not case.reply and case.reply_until is not None and at <= case.reply_until:
        raise Invalid(_l("The respondent may still reply."))
    if len(case.panel) < SMALLEST_PANEL or len(case.panel) % 2 == 0:
        raise Invalid(_l("A panel has three, five or seven members."))
    _move(case, CaseState.PANEL, actor, at)
    for row in case.panel:
        _tell(case, row.person, "panel", at)


@operation
def give_opinion(case: IntegrityCase, text: str, *, actor: Actor, at: datetime) -> None:
    row = next((row for row in case.panel if row.person_id == actor.person_id), None)
    if row is None or case.state is not CaseState.PANEL:
        raise Invalid(_l("The case has moved on in the meantime."))
    row.opinion = text
    _note(case, "opinion", actor, at)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``until``: for a suspension, the last day on which its holder may neither submit nor review."""

    outcome: CaseOutcome
    text: str
    until: date | None = None


@operation
def decide(case: IntegrityCase, judgement: Judgement, *, version: int | None, actor: Actor, at: datetime) -> None:
    """What the panel found. It takes effect when the time for an appeal has passed or the appeal is answered."""
    expect_version(case, version)
    _judge(case, judgement, at)
    if any(not row.opinion for row in case.panel):
        raise Invalid(_l("Not every member of the panel has given an opinion."))
    case.appeal_until = at + timedelta(days=APPEAL_DAYS)
    _move(case, CaseState.DECIDED, actor, at)
    _tell(case, case.respondent, "decided", at)


def _judge(case: IntegrityCase, judgement: Judgement, at: datetime) -> None:
    if judgement.outcome is CaseOutcome.DISMISSED:
        raise Invalid(outcome=_l("A case that was opened is decided, not dismissed."))
    if not judgement.text.strip():
        raise Invalid(text=_l("A decision gives its reasons."))
    suspended = judgement.outcome is CaseOutcome.SUSPENDED
    if suspended and (judgement.until is None or judgement.until <= society_day(at)):
        raise Invalid(until=_l("A suspension needs a last day in the future."))
    case.outcome, case.decision = judgement.outcome, judgement.text
    old = db.session.scalar(select(Sanction).where(Sanction.case_id == case.id))
    if old is not None:
        db.session.delete(old)
        db.session.flush()
    if suspended and judgement.until is not None and case.respondent_id is not None:
        # Until it takes effect it lies beyond its own end: nobody is barred by what may still be appealed against.
        db.session.add(
            Sanction(
                case_id=case.id, person_id=case.respondent_id, starts_on=judgement.until, ends_on=judgement.until
            )
        )  # fmt: skip


@operation
def appeal(case: IntegrityCase, text: str, *, actor: Actor, at: datetime) -> None:
    lock(case)
    if case.state is not CaseState.DECIDED or case.appeal_until is None or at > case.appeal_until:
        raise Invalid(_l("The time for an appeal is over."))
    if not text.strip():
        raise Invalid(text=_l("Please give your grounds."))
    case.appeal = text
    _move(case, CaseState.APPEAL, actor, at)


@operation
def close(
    case: IntegrityCase, judgement: Judgement | None, *, version: int | None, actor: Actor, at: datetime
) -> None:  # fmt: skip
    """Make the decision final; after an appeal, the decision on it. A sanction begins on this day."""
    expect_version(case, version)
    if case.state is CaseState.DECIDED and case.appeal_until is not None and at <= case.appeal_until:
        raise Invalid(_l("The respondent may still appeal."))
    if judgement is not None:
        _judge(case, judgement, at)
    _close(case, actor, at)
    row = db.session.scalar(select(Sanction).where(Sanction.case_id == case.id))
    if row is not None:
        row.starts_on = min(society_day(at), row.ends_on)
    _tell(case, case.respondent, "closed", at)
    _tell(case, case.complainant, "closed", at)


def _close(case: IntegrityCase, actor: Actor, at: datetime) -> None:
    with db.session.no_autoflush:  # state and dates are one change
        _move(case, CaseState.CLOSED, actor, at)
        case.closed_at = at
        case.retain_until = society_day(at) + timedelta(days=365 * RETAIN_YEARS)


def _tell(case: IntegrityCase, person: Person | None, step: str, at: datetime) -> None:
    if person is not None:
        mails.integrity_mail(case, person, step, at=at)


@operation
def tell_cleared(*, at: datetime) -> int:
    """Suspensions whose last day is over: the person is told that nothing bars them any more, once."""
    told = exists().where(CaseEntry.case_id == Sanction.case_id, CaseEntry.action == LIFTED)
    query = select(Sanction, IntegrityCase).join(IntegrityCase, IntegrityCase.id == Sanction.case_id)
    over = db.session.execute(
        query.where(IntegrityCase.closed_at.is_not(None), Sanction.ends_on < society_day(at), ~told)
    )
    cases = [case for _row, case in over]
    for case in cases:
        _note(case, LIFTED, SYSTEM, at)
        _tell(case, case.respondent, LIFTED, at)
    return len(cases)


@operation
def erase_expired(*, at: datetime) -> int:
    """Words and people of cases whose time is over. What is counted stays."""
    query = select(IntegrityCase).where(IntegrityCase.retain_until < society_day(at), IntegrityCase.complaint != "")
    cases = list(db.session.scalars(query))
    for case in cases:
        case.complaint = case.reply = case.decision = case.appeal = case.respondent_words = ""
        case.complainant_id = case.respondent_id = None
        case.panel.clear()
        case.story.clear()
    over = select(Sanction).where(Sanction.case_id.in_([case.id for case in cases]), Sanction.ends_on < society_day(at))
    for row in db.session.scalars(over):
        db.session.delete(row)
    return len(cases)
