"""Proposing, supporting and choosing topics."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.stages import Phase
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Role, StageKind
from confsys.forum.states import TopicState

COMMITTEE = _l("The committee that chooses the topics can help.")


def is_office(viewer: Viewer) -> bool:
    """Who chooses topics for the society itself: its office, and the administrator."""
    return viewer.is_admin or ("secretary" in viewer.site_roles and viewer.complete)


def chooses(standing: EventStanding) -> bool:
    """Who chooses topics for an event: its organisers and chairs, and the society's office."""
    return standing.has(Role.ORGANISER, Role.CHAIR) or is_office(standing.viewer)


def call_is_open(standing: EventStanding) -> Decision:
    """An event with a call for topics takes them while the call lasts; one without takes them always."""
    if standing.phase(StageKind.TOPIC_CALL) is Phase.UNSET or standing.accepts(StageKind.TOPIC_CALL):
        return ALLOW
    early = standing.phase(StageKind.TOPIC_CALL) is Phase.BEFORE
    reason = _l("The call for topics has not opened yet.") if early else _l("The call for topics is over.")
    return Deny(reason, who_can=COMMITTEE)


def may_propose(viewer: Viewer, event: EventStanding | None) -> Decision:
    if not viewer.signed_in:
        return Deny(_l("Please sign in to propose a topic."))
    return call_is_open(event) if event is not None else ALLOW


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """What a viewer is to a topic. ``event``: their standing in the event it was proposed for, if any."""

    viewer: Viewer
    state: TopicState
    is_own: bool
    supports: bool = False
    came_to_something: bool = False
    event: EventStanding | None = None

    @property
    def committee(self) -> bool:
        return chooses(self.event) if self.event is not None else is_office(self.viewer)


def may_see(standing: TopicStanding) -> Decision:
    """What was withdrawn is there for its author alone."""
    return allow_if(standing.state is not TopicState.WITHDRAWN or standing.is_own)


def may_change(standing: TopicStanding) -> Decision:
    """The author, until somebody has decided."""
    if not standing.is_own:
        return HIDDEN
    decided = Deny(_l("The committee has decided; the text stays as it was read."), who_can=COMMITTEE)
    return allow_if(standing.state is TopicState.PROPOSED, decided)


def may_support(standing: TopicStanding) -> Decision:
    if not may_see(standing):
        return HIDDEN
    if not standing.viewer.signed_in:
        return Deny(_l("Please sign in to support a topic."))
    if standing.is_own:
        return Deny(_l("Your own topic has your support already."))
    if standing.state is not TopicState.PROPOSED:
        return Deny(_l("The committee has decided: votes are closed."))
    return ALLOW


def may_decide(standing: TopicStanding) -> Decision:
    """The committee; not about one's own topic, and not once something has come of it."""
    if not standing.committee or not may_see(standing) or standing.state is TopicState.WITHDRAWN:
        return HIDDEN
    if standing.is_own:
        return Deny(_l("Somebody else of the committee decides about your own topic."), who_can=COMMITTEE)
    if standing.came_to_something:
        return Deny(_l("This topic has become a part of an event already."))
    return ALLOW


def may_realise(standing: TopicStanding) -> Decision:
    """Make a track or a salon of a selected topic, once."""
    if not standing.committee:
        return HIDDEN
    if standing.state is not TopicState.SELECTED:
        return Deny(_l("Only a selected topic becomes a part of an event."))
    if standing.came_to_something:
        return Deny(_l("This topic has become a part of an event already."))
    return ALLOW
