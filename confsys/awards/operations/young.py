"""An event for young people: its rule, what authors declare, mentors who offer, pairs that both accept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from confsys.awards import mails
from confsys.awards.models import MentorOffer, Mentorship, YoungAuthor
from confsys.awards.options import YoungOptions
from confsys.awards.rules import may_run_young
from confsys.awards.states import AgeRule, Check, PairState
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import HIDDEN, demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.events.options import keep_options, options_of
from confsys.events.standing import EventStanding

#: Of a pair: it still takes one of the mentor's places.
LIVE = (PairState.PROPOSED, PairState.AGREED)


@operation
def set_options(
    event: Event, options: YoungOptions, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    demand(may_run_young(standing))
    if options.rule != AgeRule.NONE.value and not options.limit:
        raise Invalid(limit=_l("A rule of age or career needs its years."))
    keep_options(event, options, version=version, actor=actor, at=at)


@operation
def tell_us(
    event: Event, declared: date | None, consent: bool, wants_mentor: bool, *, is_author: bool, actor: Actor,
    at: datetime,
) -> YoungAuthor:  # fmt: skip
    """What an author of the event declares and wishes. A day that was checked is not declared again."""
    if actor.person_id is None or not is_author:
        demand(HIDDEN)
    options = options_of(event, YoungOptions)
    query = select(YoungAuthor).where(YoungAuthor.event_id == event.id, YoungAuthor.person_id == actor.person_id)
    row = db.session.scalar(query) or YoungAuthor(event_id=event.id, person_id=actor.person_id, check=Check.OPEN)
    db.session.add(row)
    if options.asks and declared is not None and row.check is Check.OPEN:
        if not consent:
            raise Invalid(consent=_l("Without your consent we keep nothing and cannot check."))
        if not date(1900, 1, 1) <= declared <= at.date():
            raise Invalid(declared=_l("This day cannot be."))
        row.declared, row.consented_at = declared, at
    row.wants_mentor = wants_mentor and options.mentors
    db.session.flush()
    record("awards.young_told", row, actor=actor, at=at, event_id=event.id, changes={})
    return row


@operation
def check(
    event: Event, row: YoungAuthor, result: Check, remark: str, *, version: int | None, standing: EventStanding,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """The organisers have looked; the day itself is then forgotten, only the result stays."""
    demand(may_run_young(standing))
    lock(row)
    expect_version(row, version)
    by_rule = options_of(event, YoungOptions).fits(row.declared, event) if row.declared is not None else None
    if result is Check.OPEN:
        raise Invalid(result=_l("Please choose."))
    if (by_rule is None or by_rule is not (result is Check.FITS)) and len(remark) < 5:
        raise Invalid(check_note=_l("This is not what the declared day says. Please note why."))
    row.check, row.check_note, row.checked_by_id, row.declared = result, remark, actor.person_id, None
    record("awards.young_checked", row, actor=actor, at=at, event_id=event.id, changes={})


@operation
def offer(event: Event, topics: Sequence[str], most: int, *, actor: Actor, at: datetime) -> MentorOffer:
    """Offer to mentor, or change the offer; 0 at once ends it and keeps the pairs there are."""
    if actor.person_id is None or not options_of(event, YoungOptions).mentors:
        demand(HIDDEN)
    if not topics:
        raise Invalid(topics=_l("What do you know about? Pairs are made by topic."))
    query = select(MentorOffer).where(MentorOffer.event_id == event.id, MentorOffer.person_id == actor.person_id)
    row = db.session.scalar(query) or MentorOffer(event_id=event.id, person_id=actor.person_id)
    row.topics, row.most = list(topics), most
    db.session.add(row)
    db.session.flush()
    record("awards.mentor_offered", row, actor=actor, at=at, event_id=event.id, changes={})
    return row


@operation
def propose(
    event: Event, row: MentorOffer, young: YoungAuthor, *, standing: EventStanding, actor: Actor, at: datetime
) -> Mentorship:
    """Ask both. A mentor is not asked for more than they offered, nor an author for two mentors at once."""
    demand(may_run_young(standing))
    lock(row)
    lock(young)
    if row.event_id != event.id or young.event_id != event.id or row.person_id == young.person_id:
        demand(HIDDEN)
    live = select(func.count()).select_from(Mentorship).where(Mentorship.state.in_(LIVE))
    if (db.session.scalar(live.where(Mentorship.offer_id == row.id)) or 0) >= row.most:
        raise Invalid(_l("This mentor takes no more."))
    if not young.wants_mentor or db.session.scalar(live.where(Mentorship.young_id == young.id)):
        raise Invalid(_l("This author has a mentor, or wants none."))
    made = Mentorship(offer_id=row.id, young_id=young.id, state=PairState.PROPOSED, proposed_at=at)
    db.session.add(made)
    db.session.flush()
    record("awards.pair_proposed", made, actor=actor, at=at, event_id=event.id, changes={})
    for person in (row.person, young.person):
        mails.pair(event, person, made.id, "pair_proposed", at=at)
    return made


@operation
def answer(event: Event, pair: Mentorship, yes: bool, *, actor: Actor, at: datetime) -> None:
    """Each for themselves; with the second yes both are told how to reach each other."""
    lock(pair)
    sides = {pair.offer.person_id: "mentor_said", pair.young.person_id: "young_said"}
    side = sides.get(actor.person_id or 0)
    if side is None:
        demand(HIDDEN)
    if pair.state is not PairState.PROPOSED:
        raise Invalid(_l("This has been answered."))
    record("awards.pair_answered", pair, actor=actor, at=at, event_id=event.id, changes={})
    if not yes:
        pair.state = PairState.DECLINED
        return
    setattr(pair, str(side), at)
    if pair.mentor_said is not None and pair.young_said is not None:
        pair.state = PairState.AGREED
        for person in (pair.offer.person, pair.young.person):
            mails.pair(event, person, pair.id, "pair_agreed", at=at)
    db.session.flush()  # a second answer in the same transaction reads this one
