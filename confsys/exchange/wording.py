"""What the closed sets of this room are called."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.exchange.states import Anonymity, Consent, MaterialKind, Moment, PollState, QuestionState

QUESTIONS: dict[QuestionState, tuple[Lazy, str]] = {
    QuestionState.WAITING: (_l("waiting for the moderator"), "waiting"),
    QuestionState.SHOWN: (_l("open"), "open"),
    QuestionState.ANSWERED: (_l("answered"), "done"),
    QuestionState.DECLINED: (_l("not shown"), "closed"),
    QuestionState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
ANONYMITY: dict[Anonymity, Lazy] = {
    Anonymity.NONE: _l("Everybody asks by name"),
    Anonymity.MODERATORS_KNOW: _l("Without a name to the room; moderators know who asks"),
    Anonymity.NOBODY_KNOWS: _l("Without a name to anybody; the name is not kept"),
}
#: What somebody who ticks "without my name" is told.
PROMISES: dict[Anonymity, Lazy] = {
    Anonymity.MODERATORS_KNOW: _l("The room does not see your name; the moderators do."),
    Anonymity.NOBODY_KNOWS: _l("Nobody sees your name, and it is not kept."),
}
POLLS: dict[PollState, tuple[Lazy, str]] = {
    PollState.DRAFT: (_l("draft"), "draft"),
    PollState.OPEN: (_l("open"), "open"),
    PollState.CLOSED: (_l("closed"), "closed"),
}
MATERIALS: dict[MaterialKind, Lazy] = {
    MaterialKind.SLIDES: _l("Slides"),
    MaterialKind.RECORDING: _l("Recording"),
    MaterialKind.OTHER: _l("Other material"),
}
CONSENTS: dict[Consent, tuple[Lazy, str]] = {
    Consent.ASKED: (_l("waits for the speaker's consent"), "waiting"),
    Consent.GIVEN: (_l("shown to everybody"), "done"),
    Consent.REFUSED: (_l("not shown"), "closed"),
}
MOMENTS: dict[Moment, tuple[Lazy, str]] = {
    Moment.BEFORE: (_l("questions before the session"), "waiting"),
    Moment.ON: (_l("on now"), "open"),
    Moment.AFTER: (_l("discussion goes on"), "done"),
    Moment.CLOSED: (_l("closed"), "closed"),
}
