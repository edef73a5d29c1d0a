"""Words for the closed sets of the forum, and the tones of their states."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.forum.states import TopicKind, TopicState

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
