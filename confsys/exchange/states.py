"""Closed sets of exchange, and which change may follow which."""

import enum


class QuestionState(enum.StrEnum):
    """``waiting``: a moderator has not let it through yet."""

    WAITING = "waiting"
    SHOWN = "shown"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


Q = QuestionState
#: from -> allowed next states
QUESTION_TRANSITIONS: dict[QuestionState, frozenset[QuestionState]] = {
    Q.WAITING: frozenset({Q.SHOWN, Q.ANSWERED, Q.DECLINED, Q.WITHDRAWN}),
    Q.SHOWN: frozenset({Q.ANSWERED, Q.DECLINED, Q.WITHDRAWN}),
    Q.ANSWERED: frozenset({Q.SHOWN, Q.DECLINED}),
    Q.DECLINED: frozenset({Q.SHOWN}),
    Q.WITHDRAWN: frozenset(),
}
#: What everybody in the room reads.
PUBLIC = frozenset({Q.SHOWN, Q.ANSWERED})


class Anonymity(enum.StrEnum):
    """Whether one may ask without a name, and who knows it all the same."""

    NONE = "none"
    MODERATORS_KNOW = "moderators_know"
    NOBODY_KNOWS = "nobody_knows"


class PollState(enum.StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


POLL_TRANSITIONS: dict[PollState, frozenset[PollState]] = {
    PollState.DRAFT: frozenset({PollState.OPEN}),
    PollState.OPEN: frozenset({PollState.CLOSED}),
    PollState.CLOSED: frozenset({PollState.OPEN}),
}


class MaterialKind(enum.StrEnum):
    SLIDES = "slides"
    RECORDING = "recording"
    OTHER = "other"


class Consent(enum.StrEnum):
    """A speaker's word on what is shown of the talk. Without it nobody but speaker and moderators sees the thing."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


class Way(enum.StrEnum):
    """How somebody's presence became known."""

    CODE = "code"
    DESK = "desk"


class Moment(enum.StrEnum):
    """Where a session stands against the clock, as far as questions are concerned."""

    BEFORE = "before"
    ON = "on"
    AFTER = "after"
    CLOSED = "closed"
