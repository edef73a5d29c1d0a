"""Closed sets of the forum, and which change of state may follow which."""

import enum


class TopicKind(enum.StrEnum):
    """Why a topic deserves a meeting."""

    FRONTIER = "frontier"
    BOTTLENECK = "bottleneck"
    CROSS_FIELD = "cross_field"


class TopicState(enum.StrEnum):
    PROPOSED = "proposed"
    SELECTED = "selected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


#: from -> allowed next states. A decision may be thought over while nothing has come of it.
TOPIC_TRANSITIONS: dict[TopicState, frozenset[TopicState]] = {
    TopicState.PROPOSED: frozenset({TopicState.SELECTED, TopicState.DECLINED, TopicState.WITHDRAWN}),
    TopicState.SELECTED: frozenset({TopicState.DECLINED}),
    TopicState.DECLINED: frozenset({TopicState.SELECTED}),
    TopicState.WITHDRAWN: frozenset(),
}


class ShortTalkState(enum.StrEnum):
    """A short talk is offered; the host takes it, in an order, or not this time. There is no review."""

    OFFERED = "offered"
    ON_LIST = "on_list"
    NOT_THIS_TIME = "not_this_time"
    WITHDRAWN = "withdrawn"


SHORT_TALK_TRANSITIONS: dict[ShortTalkState, frozenset[ShortTalkState]] = {
    ShortTalkState.OFFERED: frozenset({ShortTalkState.ON_LIST, ShortTalkState.NOT_THIS_TIME, ShortTalkState.WITHDRAWN}),
    ShortTalkState.ON_LIST: frozenset({ShortTalkState.NOT_THIS_TIME, ShortTalkState.WITHDRAWN}),
    ShortTalkState.NOT_THIS_TIME: frozenset({ShortTalkState.ON_LIST, ShortTalkState.WITHDRAWN}),
    ShortTalkState.WITHDRAWN: frozenset(),
}


class QuoteState(enum.StrEnum):
    """Somebody's words in the minutes: they agree before anybody else reads them."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


class IdeaState(enum.StrEnum):
    OPEN = "open"
    TAKEN_UP = "taken_up"
    DONE = "done"


IDEA_TRANSITIONS: dict[IdeaState, frozenset[IdeaState]] = {
    IdeaState.OPEN: frozenset({IdeaState.TAKEN_UP}),
    IdeaState.TAKEN_UP: frozenset({IdeaState.OPEN, IdeaState.DONE}),
    IdeaState.DONE: frozenset(),
}


class NeedState(enum.StrEnum):
    OPEN = "open"
    MATCHED = "matched"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


NEED_TRANSITIONS: dict[NeedState, frozenset[NeedState]] = {
    NeedState.OPEN: frozenset({NeedState.MATCHED, NeedState.CLOSED, NeedState.WITHDRAWN}),
    NeedState.MATCHED: frozenset({NeedState.OPEN, NeedState.CLOSED}),
    NeedState.CLOSED: frozenset(),
    NeedState.WITHDRAWN: frozenset(),
}


class Side(enum.StrEnum):
    """Who brought a need and an expert together first."""

    COMPANY = "company"
    EXPERT = "expert"
    FORUM = "forum"


class MatchState(enum.StrEnum):
    """Both sides say yes, or nothing came of it; afterwards what came of it is written down."""

    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"


MATCH_TRANSITIONS: dict[MatchState, frozenset[MatchState]] = {
    MatchState.WAITING: frozenset({MatchState.AGREED, MatchState.DECLINED}),
    MatchState.AGREED: frozenset({MatchState.ENDED}),
    MatchState.DECLINED: frozenset(),
    MatchState.ENDED: frozenset(),
}


class Outcome(enum.StrEnum):
    SOLVED = "solved"
    PROJECT = "project"
    TALKS = "talks"
    NOTHING = "nothing"


class DemoState(enum.StrEnum):
    OFFERED = "offered"
    PLACED = "placed"
    NOT_THIS_TIME = "not_this_time"
    WITHDRAWN = "withdrawn"


DEMO_TRANSITIONS: dict[DemoState, frozenset[DemoState]] = {
    DemoState.OFFERED: frozenset({DemoState.PLACED, DemoState.NOT_THIS_TIME, DemoState.WITHDRAWN}),
    DemoState.PLACED: frozenset({DemoState.PLACED, DemoState.NOT_THIS_TIME, DemoState.WITHDRAWN}),
    DemoState.NOT_THIS_TIME: frozenset({DemoState.PLACED, DemoState.WITHDRAWN}),
    DemoState.WITHDRAWN: frozenset(),
}
