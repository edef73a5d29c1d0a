"""Votes that nobody else sees before the close, the decision with its reasons, the announcement with certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from confsys.accounts.models import Person
from confsys.awards import mails, rules
from confsys.awards.models import Award, AwardCertificate, Juror, JurorConflict, Nomination, Vote
from confsys.awards.operations.setting_up import held, says_enough, tell
from confsys.awards.queries.awards import Candidate, candidates
from confsys.awards.queries.jury import ballot
from confsys.awards.standing import AwardStanding
from confsys.awards.states import AwardState, Scheme
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.documents import next_number
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.operation import expect_version, operation
from confsys.members.days import society_day
from confsys.members.operations.honours import Given, give_honour
from confsys.members.states import HonourKind

MOST = 10


@dataclass(frozen=True, slots=True)
class Prize:
    place: int
    citation: str


@operation
def declare_conflict(
    award: Award, juror: Juror, nomination_id: int, reason: str, *, standing: AwardStanding, actor: Actor, at: datetime
) -> None:
    """A juror steps back from one candidate; a vote given before is dropped. It is not taken back."""
    demand(rules.may_vote(held(award, standing)))
    line = next((line for line in ballot(award, juror) if line.candidate.id == nomination_id), None)
    if line is None or line.bar is not None:
        raise Invalid(_l("You do not vote about this candidate anyway."))
    if not says_enough(reason, 3):
        raise Invalid(reason=_l("Please say how you are near to the candidate."))
    db.session.add(JurorConflict(juror_id=juror.id, nomination_id=nomination_id, reason=reason, at=at))
    db.session.execute(delete(Vote).where(Vote.juror_id == juror.id, Vote.nomination_id == nomination_id))
    tell("stepped_back", award, actor=actor, at=at)


@operation
def cast(
    award: Award, juror: Juror, scores: Mapping[int, int], *, standing: AwardStanding, actor: Actor, at: datetime
) -> None:
    """The whole ballot of one juror; casting again replaces it. The story tells that, and not how, somebody voted."""
    demand(rules.may_vote(held(award, standing)))
    open_ = {line.candidate.id for line in ballot(award, juror) if line.bar is None}
    if not set(scores) <= open_:
        raise Invalid(_l("You do not vote about one of these candidates."))
    if award.scheme is Scheme.PICK and not 0 < len(scores) <= award.picks:
        raise Invalid(picks=_l("Please pick one to %(most)s candidates.", most=award.picks))
    if award.scheme is Scheme.SCORE and (set(scores) != open_ or not all(1 <= s <= MOST for s in scores.values())):
        raise Invalid(_l("Please give every candidate a score from 1 to 10."))
    db.session.execute(delete(Vote).where(Vote.juror_id == juror.id))
    for nomination_id, score in scores.items():
        given = 1 if award.scheme is Scheme.PICK else score
        db.session.add(Vote(juror_id=juror.id, nomination_id=nomination_id, score=given))
    juror.voted_at = at
    tell("voted", award, actor=actor, at=at)


@operation
def decide(
    award: Award, prizes: Mapping[int, Prize], reasons: str, *, version: int | None, standing: AwardStanding,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Who wins, and why these. It may be thought over until it is announced."""
    demand(rules.may_decide(held(award, standing)))
    expect_version(award, version)
    able = {one.id for one in candidates(award.id) if one.may_win}
    if not set(prizes) <= able:
        raise Invalid(_l("One of these candidates cannot win."))
    if len(prizes) > award.winners_most:
        raise Invalid(_l("At most %(most)s may win.", most=award.winners_most))
    if not says_enough(reasons, 20):
        raise Invalid(reasons=_l("Please give the reasons: they are public with the announcement."))
    if any(not says_enough(prize.citation, 10) for prize in prizes.values()):
        raise Invalid(_l("Each winner needs a citation: it stands on the certificate."))
    for row in db.session.scalars(select(Nomination).where(Nomination.award_id == award.id)):
        prize = prizes.get(row.id)
        row.place, row.citation = (prize.place, prize.citation) if prize else (None, "")
    award.reasons, award.decided_by_id = reasons, actor.person_id
    tell("decided", award, actor=actor, at=at)


@operation
def announce(award: Award, *, standing: AwardStanding, actor: Actor, at: datetime) -> None:
    """Public from now on, winners told, certificates numbered; what was declared about ages is forgotten."""
    demand(rules.may_decide(held(award, standing)))
    if not award.reasons:
        raise Invalid(_l("Please decide first."))
    award.state, award.announced_at = AwardState.ANNOUNCED, at
    for winner in (one for one in candidates(award.id) if one.place is not None):
        _certify(award, winner, at)
        honour = Given(HonourKind.AWARD, award.name, society_day(at).year)
        for person in list(db.session.scalars(select(Person).where(Person.id.in_(winner.people)))):
            give_honour(person, honour, source=f"awards:{winner.id}", actor=actor, at=at)
            mails.won(award, person, at=at)
    forgotten = update(Nomination).where(Nomination.award_id == award.id).values(declared=None)
    db.session.execute(forgotten, execution_options={"synchronize_session": "fetch"})
    tell("announced", award, actor=actor, at=at)


def _certify(award: Award, winner: Candidate, at: datetime) -> None:
    year = society_day(at).year
    number = next_number(f"awards.certificate-{year}")
    contents = {
        "award": award.name.as_dict(), "place": winner.place, "names": [name.both for name in winner.names],
        "paper": winner.paper.as_dict(), "citation": winner.citation, "date": society_day(at).isoformat(),
        "event": award.event.name.as_dict() if award.event is not None else {},
    }  # fmt: skip
    db.session.add(
        AwardCertificate(
            nomination_id=winner.id,
            number=f"AW-{year}-{number:04}",
            code=new_code(12),
            issued_at=at,
            contents=contents,
        )
    )
