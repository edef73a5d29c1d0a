"""Salons and round tables: who offers, who orders, who writes, whose words are whose."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.stages import Phase
from confsys.core.viewer import Viewer
from confsys.events.rules import may_see_event
from confsys.events.standing import EventStanding
from confsys.events.states import Role, StageKind
from confsys.forum.states import IdeaState, QuoteState, ShortTalkState

HOST = _l("The host can help.")


@dataclass(frozen=True, slots=True)
class GatheringStanding:
    """What a viewer is to a salon or a round table. ``published``: the minutes are out."""

    event: EventStanding
    is_host: bool = False
    is_scribe: bool = False
    published: bool = False

    @property
    def viewer(self) -> Viewer:
        return self.event.viewer

    @property
    def has_seat(self) -> bool:
        return self.event.has(Role.SEAT)

    @property
    def leads(self) -> bool:
        """The host, and those who organise the event."""
        return self.is_host or self.event.has(Role.ORGANISER, Role.CHAIR)


def may_see(standing: GatheringStanding) -> Decision:
    return may_see_event(standing.event)


def may_lead(standing: GatheringStanding) -> Decision:
    """Order the talks, ask people to the table, name host and scribe."""
    return allow_if(standing.leads)


def may_write(standing: GatheringStanding) -> Decision:
    """The minutes, quotes and ideas."""
    return allow_if(standing.leads or standing.is_scribe)


def may_read_minutes(standing: GatheringStanding) -> Decision:
    """Nobody outside reads minutes before they are published."""
    if standing.published:
        return may_see(standing)
    return may_write(standing)


def may_offer(standing: GatheringStanding) -> Decision:
    """Offer a short talk, while they are taken: by the stage, or without one until the minutes are out."""
    if not may_see(standing):
        return HIDDEN
    if not standing.viewer.signed_in:
        return Deny(_l("Please sign in to offer a short talk."))
    if standing.published:
        return Deny(_l("The evening is over: the minutes are out."), who_can=HOST)
    phase = standing.event.phase(StageKind.PROPOSALS)
    if phase is Phase.UNSET or standing.event.accepts(StageKind.PROPOSALS):
        return ALLOW
    early = phase is Phase.BEFORE
    reason = _l("Short talks are not taken yet.") if early else _l("Short talks are not taken any more.")
    return Deny(reason, who_can=HOST)


def may_change_talk(standing: GatheringStanding, is_own: bool, state: ShortTalkState) -> Decision:
    if not is_own:
        return HIDDEN
    if state is ShortTalkState.WITHDRAWN or standing.published:
        return Deny(_l("This short talk can no longer be changed."), who_can=HOST)
    return ALLOW


def may_answer_quote(is_own: bool, state: QuoteState) -> Decision:
    """Whose words they are, once: and they may take their agreement back until the minutes are out."""
    if not is_own:
        return HIDDEN
    return allow_if(state is QuoteState.ASKED, Deny(_l("You have answered already."), who_can=HOST))


def may_take_up(standing: GatheringStanding, state: IdeaState) -> Decision:
    """Anybody signed in, once the ideas are public."""
    if not standing.published or not may_see(standing):
        return HIDDEN
    if not standing.viewer.signed_in:
        return Deny(_l("Please sign in to take up an idea."))
    return allow_if(state is IdeaState.OPEN, Deny(_l("Somebody has taken it up already.")))


def may_tell_outcome(standing: GatheringStanding, is_taker: bool, state: IdeaState) -> Decision:
    """Who took it up says what became of it, or gives it back; so may those who lead."""
    if not (is_taker or standing.leads):
        return HIDDEN
    return allow_if(state is IdeaState.TAKEN_UP, Deny(_l("Nobody is at work on it.")))


def may_send_statement(standing: GatheringStanding) -> Decision:
    if not standing.has_seat:
        return HIDDEN
    return allow_if(not standing.published, Deny(_l("The summary is out; statements stay as they are."), who_can=HOST))


def at_the_table(standing: GatheringStanding) -> bool:
    """Who reads every statement before the meeting."""
    return standing.has_seat or standing.leads or standing.is_scribe
