"""Words for the closed sets of the forum, and the tones of their states."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.forum.states import (
    DemoState,
    IdeaState,
    MatchState,
    NeedState,
    Outcome,
    QuoteState,
    ShortTalkState,
    TopicKind,
    TopicState,
)

TOPIC_KINDS: dict[TopicKind, Lazy] = {
    TopicKind.FRONTIER: _l("frontier"),
    TopicKind.BOTTLENECK: _l("bottleneck"),
    TopicKind.CROSS_FIELD: _l("across fields"),
}
TOPIC_KIND_SENTENCES: dict[TopicKind, Lazy] = {
    TopicKind.FRONTIER: _l("Something new is beginning here, and few have met about it yet."),
    TopicKind.BOTTLENECK: _l("Everybody is held up by it, and nobody has solved it."),
    TopicKind.CROSS_FIELD: _l("Two fields need each other and do not talk."),
}
TOPIC_STATES: dict[TopicState, tuple[Lazy, str]] = {
    TopicState.PROPOSED: (_l("open for votes"), "open"),
    TopicState.SELECTED: (_l("selected"), "done"),
    TopicState.DECLINED: (_l("not this time"), "closed"),
    TopicState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
SHORT_TALK_STATES: dict[ShortTalkState, tuple[Lazy, str]] = {
    ShortTalkState.OFFERED: (_l("the host has not looked yet"), "waiting"),
    ShortTalkState.ON_LIST: (_l("on the list"), "done"),
    ShortTalkState.NOT_THIS_TIME: (_l("not this time"), "closed"),
    ShortTalkState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
QUOTE_STATES: dict[QuoteState, tuple[Lazy, str]] = {
    QuoteState.ASKED: (_l("waits for an answer"), "waiting"),
    QuoteState.AGREED: (_l("agreed"), "done"),
    QuoteState.DECLINED: (_l("is left out"), "closed"),
}
IDEA_STATES: dict[IdeaState, tuple[Lazy, str]] = {
    IdeaState.OPEN: (_l("looking for somebody"), "open"),
    IdeaState.TAKEN_UP: (_l("taken up"), "waiting"),
    IdeaState.DONE: (_l("done"), "done"),
}
NEED_STATES: dict[NeedState, tuple[Lazy, str]] = {
    NeedState.OPEN: (_l("looking for an expert"), "open"),
    NeedState.MATCHED: (_l("at work with an expert"), "waiting"),
    NeedState.CLOSED: (_l("closed"), "done"),
    NeedState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
MATCH_STATES: dict[MatchState, tuple[Lazy, str]] = {
    MatchState.WAITING: (_l("waits for an answer"), "waiting"),
    MatchState.AGREED: (_l("both agreed"), "done"),
    MatchState.DECLINED: (_l("not this time"), "closed"),
    MatchState.ENDED: (_l("ended"), "done"),
}
OUTCOMES: dict[Outcome, Lazy] = {
    Outcome.SOLVED: _l("The problem is solved"),
    Outcome.PROJECT: _l("A project or contract came of it"),
    Outcome.TALKS: _l("Talks go on"),
    Outcome.NOTHING: _l("Nothing came of it"),
}
DEMO_STATES: dict[DemoState, tuple[Lazy, str]] = {
    DemoState.OFFERED: (_l("the organisers have not looked yet"), "waiting"),
    DemoState.PLACED: (_l("has its place"), "done"),
    DemoState.NOT_THIS_TIME: (_l("not this time"), "closed"),
    DemoState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
