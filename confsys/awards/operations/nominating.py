"""Candidates: nominated, declaring what the rule asks with their consent, checked by the committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.awards import mails, rules
from confsys.awards.ages import fits
from confsys.awards.models import Award, Nomination
from confsys.awards.operations.setting_up import held, says_enough, tell
from confsys.awards.standing import AwardStanding
from confsys.awards.states import AgeRule, AwardState, Check, Source
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.decisions import HIDDEN, demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName
from confsys.core.operation import expect_version, lock, operation
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody with an account (``person``), or a name and a place."""

    name: PersonName
    why: str
    organisation: str = ""
    person: Person | None = None


@operation
def nominate(award: Award, nominee: Nominee, *, standing: AwardStanding, actor: Actor, at: datetime) -> Nomination:
    """By a member or the committee; never oneself. A nominee with an account is told, and may withdraw."""
    standing = held(award, standing)
    demand(rules.may_nominate(standing))
    person = nominee.person
    if person is not None and person.id == actor.person_id:
        raise Invalid(address=_l("Nobody nominates themselves."))
    if person is None and not nominee.name.sort_key:
        raise Invalid(family=_l("Who is it?"))
    if not says_enough(nominee.why, 40):
        raise Invalid(why=_l("Please say in a few sentences why: the jury reads nothing else of you."))
    if person is not None and _known(award, person):
        raise Invalid(address=_l("This person is nominated already."))
    name = PersonName() if person is not None else nominee.name
    made = Nomination(
        award_id=award.id, person_id=person.id if person else None, given=name.given, family=name.family,
        native=name.native, organisation=nominee.organisation, why=nominee.why, nominated_by_id=actor.person_id,
        source=Source.COMMITTEE if standing.is_committee else Source.MEMBERS, created_at=at,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    tell("nominated", award, actor=actor, at=at)
    if person is not None:
        mails.nominated(award, person, at=at)
    return made


def _known(award: Award, person: Person) -> bool:
    query = select(Nomination.id).where(
        Nomination.award_id == award.id, Nomination.person_id == person.id, Nomination.submission_id.is_(None)
    )
    return db.session.scalar(query) is not None


@operation
def nominate_paper(
    award: Award, paper: Submission, *, standing: AwardStanding, actor: Actor, at: datetime
) -> Nomination:
    """An accepted paper of the award's event. The rule of age is about who presents it, else about its first author."""
    demand(rules.may_nominate_papers(held(award, standing)))
    if paper.event_id != award.event_id or paper.state is not SubmissionState.ACCEPTED:
        raise Invalid(paper=_l("Only accepted papers of the event are nominated."))
    asked = next((a for a in paper.authors if a.is_presenter), paper.authors[0] if paper.authors else None)
    made = Nomination(
        award_id=award.id, submission_id=paper.id, person_id=asked.person_id if asked else None, source=Source.PAPERS,
        nominated_by_id=actor.person_id, created_at=at,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    tell("nominated", award, actor=actor, at=at)
    if asked is not None and asked.person is not None and award.rule is not AgeRule.NONE:
        mails.nominated(award, asked.person, at=at)
    return made


@operation
def withdraw(award: Award, row: Nomination, *, standing: AwardStanding, actor: Actor, at: datetime) -> None:
    """By the committee or the nominee, until the votes are counted."""
    standing = held(award, standing)
    own = row.person_id is not None and row.person_id == actor.person_id
    if not standing.is_committee and not own:
        demand(HIDDEN)
    if award.state in rules.COUNTED:
        raise Invalid(_l("The vote is closed."))
    lock(row)
    row.withdrawn_at, row.declared = at, None
    tell("withdrawn", award, actor=actor, at=at)


@operation
def declare(award: Award, row: Nomination, declared: date, consent: bool, *, actor: Actor, at: datetime) -> None:
    """The nominee's day of birth or degree, to be checked. Kept until the announcement and then forgotten."""
    lock(award)
    lock(row)
    if row.person_id is None or row.person_id != actor.person_id:
        demand(HIDDEN)
    if award.rule is AgeRule.NONE or award.state not in {AwardState.NOMINATING, AwardState.JUDGING}:
        raise Invalid(_l("Nothing is to be declared now."))
    if not consent:
        raise Invalid(consent=_l("Without your consent we keep nothing and cannot check."))
    if not date(1900, 1, 1) <= declared <= at.date():
        raise Invalid(declared=_l("This day cannot be."))
    if row.check is not Check.OPEN:
        raise Invalid(_l("This has been checked already."))
    row.declared, row.consented_at = declared, at


@operation
def check(
    award: Award, row: Nomination, result: Check, remark: str, *, version: int | None, standing: AwardStanding,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """The committee has looked at the papers of the candidate. Against the declared day it must say why."""
    demand(rules.may_run(held(award, standing)))
    lock(row)
    expect_version(row, version)
    if award.state in rules.COUNTED:
        raise Invalid(_l("The vote is closed."))
    if award.rule is AgeRule.NONE or result is Check.OPEN:
        raise Invalid(_l("This award has no such rule."))
    by_rule = computed(award, row)
    if (by_rule is None or by_rule is not (result is Check.FITS)) and len(remark) < 5:
        raise Invalid(check_note=_l("This is not what the declared day says. Please note why."))
    row.check, row.check_note, row.checked_by_id = result, remark, actor.person_id
    tell("checked", award, actor=actor, at=at)


def computed(award: Award, row: Nomination) -> bool | None:
    """What the rule says of the declared day; None where nothing was declared."""
    if row.declared is None or award.age_limit is None or award.age_on is None:
        return None
    return fits(award.rule, award.age_limit, row.declared, award.age_on)
