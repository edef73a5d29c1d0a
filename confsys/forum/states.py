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
