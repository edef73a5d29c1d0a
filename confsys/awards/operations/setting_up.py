"""An award's terms, its jury, and the steps from draft to the vote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.awards import mails, rules
from confsys.awards.models import Award, Juror, Nomination
from confsys.awards.queries.awards import is_candidate
from confsys.awards.standing import AwardStanding
from confsys.awards.states import AWARD_TRANSITIONS, AgeRule, AwardState, Check, Scheme, Source
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.localized import LocalizedText
from confsys.core.names import has_han
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event


@dataclass(frozen=True, slots=True)
class Terms:
    """What everybody may rely on once nominations are open."""

    name: LocalizedText
    purpose: LocalizedText
    sources: frozenset[Source]
    scheme: Scheme = Scheme.SCORE
    picks: int = 1
    winners_most: int = 1
    rule: AgeRule = AgeRule.NONE
    age_limit: int | None = None
    age_on: date | None = None
    nominate_until: datetime | None = None
    judge_until: datetime | None = None


def tell(action: str, award: Award, *, actor: Actor, at: datetime) -> None:
    """The story says which award, and never about whom."""
    record(f"awards.{action}", award, actor=actor, at=at, event_id=award.event_id, changes={}, award=str(award.name))


def says_enough(text: str, letters: int) -> bool:
    """Whether a text has that much in it; a Chinese character says as much as three letters."""
    return len(text) + 2 * sum(has_han(character) for character in text) >= letters


def held(award: Award, standing: AwardStanding) -> AwardStanding:
    """The standing as it is under the lock: the state may have moved since the page was read."""
    lock(award)
    return replace(standing, state=award.state)


def _check(terms: Terms, event_id: int | None) -> None:
    if not terms.name:
        raise Invalid(name_en=_l("What is the award called?"))
    if not terms.purpose:
        raise Invalid(purpose_en=_l("Please say what it honours: those who nominate read it."))
    if not terms.sources:
        raise Invalid(sources=_l("Where do candidates come from?"))
    if Source.PAPERS in terms.sources and event_id is None:
        raise Invalid(sources=_l("Only an award of an event takes papers."))
    if terms.rule is not AgeRule.NONE and (not terms.age_limit or terms.age_on is None):
        raise Invalid(age_limit=_l("A rule of age or career needs its years and its day."))
    if terms.nominate_until and terms.judge_until and terms.judge_until <= terms.nominate_until:
        raise Invalid(judge_until=_l("The jury votes after the nominations."))


def _apply(award: Award, terms: Terms) -> None:
    award.name, award.purpose, award.sources = terms.name, terms.purpose, sorted(terms.sources)
    award.scheme, award.picks, award.winners_most = terms.scheme, terms.picks, terms.winners_most
    with_rule = terms.rule is not AgeRule.NONE
    award.rule = terms.rule
    award.age_limit, award.age_on = (terms.age_limit, terms.age_on) if with_rule else (None, None)
    award.nominate_until, award.judge_until = terms.nominate_until, terms.judge_until


@operation
def create(event: Event | None, terms: Terms, *, actor: Actor, at: datetime) -> Award:
    """A draft that only its committee sees."""
    event_id = event.id if event is not None else None
    _check(terms, event_id)
    award = Award(code=new_code(), event_id=event_id, state=AwardState.DRAFT, created_at=at)
    _apply(award, terms)
    db.session.add(award)
    db.session.flush()
    tell("created", award, actor=actor, at=at)
    return award


@operation
def change_terms(
    award: Award, terms: Terms, *, version: int | None, standing: AwardStanding, actor: Actor, at: datetime
) -> None:
    demand(rules.may_change_terms(held(award, standing)))
    expect_version(award, version)
    _check(terms, award.event_id)
    _apply(award, terms)
    tell("changed", award, actor=actor, at=at)


@operation
def ask_juror(award: Award, person: Person, *, standing: AwardStanding, actor: Actor, at: datetime) -> Juror:
    """Put somebody on the jury; they are told by mail."""
    demand(rules.may_run(held(award, standing)))
    if award.state in rules.COUNTED:
        raise Invalid(_l("The vote is closed."))
    if is_candidate(person.id, award.id):
        raise Invalid(address=_l("A candidate cannot be on the jury."))
    if db.session.scalar(select(Juror.id).where(Juror.award_id == award.id, Juror.person_id == person.id)):
        raise Invalid(address=_l("This person is on the jury already."))
    juror = Juror(award_id=award.id, person_id=person.id, asked_at=at)
    db.session.add(juror)
    db.session.flush()
    tell("juror_asked", award, actor=actor, at=at)
    mails.juror_asked(award, person, at=at)
    return juror


@operation
def dismiss_juror(award: Award, juror: Juror, *, standing: AwardStanding, actor: Actor, at: datetime) -> None:
    """Their ballot goes with them; not after the close, when the count is known."""
    demand(rules.may_run(held(award, standing)))
    if award.state in rules.COUNTED:
        raise Invalid(_l("The vote is closed."))
    db.session.delete(juror)
    tell("juror_dismissed", award, actor=actor, at=at)


@operation
def advance(award: Award, to: AwardState, *, standing: AwardStanding, actor: Actor, at: datetime) -> None:
    """Open nominations, begin the vote, close it. Announcing has an operation of its own."""
    demand(rules.may_run(held(award, standing)))
    if to not in AWARD_TRANSITIONS[award.state] or to is AwardState.ANNOUNCED:
        raise Invalid(_l("The award has moved on in the meantime; please look at it again."))
    if to is AwardState.JUDGING:
        _ready_to_judge(award)
    award.state = to
    tell(f"moved_{to.value}", award, actor=actor, at=at)
    if to is AwardState.JUDGING:
        query = select(Person).join(Juror, Juror.person_id == Person.id).where(Juror.award_id == award.id)
        for person in db.session.scalars(query):
            mails.ballot_open(award, person, at=at)


def _ready_to_judge(award: Award) -> None:
    here = (Nomination.award_id == award.id, Nomination.withdrawn_at.is_(None))
    able = select(func.count()).select_from(Nomination).where(*here, Nomination.check != Check.DOES_NOT)
    if not db.session.scalar(able):
        raise Invalid(_l("There is no candidate yet."))
    if not db.session.scalar(select(func.count()).select_from(Juror).where(Juror.award_id == award.id)):
        raise Invalid(_l("There is no jury yet."))
    unchecked = select(func.count()).select_from(Nomination).where(*here, Nomination.check == Check.OPEN)
    if award.rule is not AgeRule.NONE and db.session.scalar(unchecked):
        raise Invalid(_l("Please check every candidate against the rule first."))
