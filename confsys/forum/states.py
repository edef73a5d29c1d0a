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
