"""Closed sets of awards, and which change of state may follow which."""

import enum


class AwardState(enum.StrEnum):
    DRAFT = "draft"
    NOMINATING = "nominating"
    JUDGING = "judging"  # the jury votes; nobody sees a vote but whose it is
    CLOSED = "closed"  # votes are counted; the committee decides
    ANNOUNCED = "announced"


#: Never backwards from CLOSED: once votes were seen, nobody votes again.
AWARD_TRANSITIONS: dict[AwardState, frozenset[AwardState]] = {
    AwardState.DRAFT: frozenset({AwardState.NOMINATING}),
    AwardState.NOMINATING: frozenset({AwardState.JUDGING}),
    AwardState.JUDGING: frozenset({AwardState.CLOSED}),
    AwardState.CLOSED: frozenset({AwardState.ANNOUNCED}),
    AwardState.ANNOUNCED: frozenset(),
}


class Source(enum.StrEnum):
    """Where candidates come from."""

    MEMBERS = "members"
    COMMITTEE = "committee"
    PAPERS = "papers"


class Scheme(enum.StrEnum):
    """How a juror votes."""

    SCORE = "score"  # 1 to 10 for each candidate
    PICK = "pick"  # so many of them, unranked


class AgeRule(enum.StrEnum):
    """Whom an award, or a conference, is for."""

    NONE = "none"
    AGE = "age"  # younger than so many years on a day
    CAREER = "career"  # at most so many years after the last degree on a day


class Check(enum.StrEnum):
    """Whether a candidate keeps the rule, as somebody of the committee found."""

    OPEN = "open"
    FITS = "fits"
    DOES_NOT = "does_not"


class PairState(enum.StrEnum):
    """A mentor and a young author."""

    PROPOSED = "proposed"  # both are asked
    AGREED = "agreed"  # both said yes
    DECLINED = "declined"  # one said no
