"""Needs and demonstrations. The detail of a need is for its company, and for an expert once both have agreed."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer
from confsys.events.rules import may_see_event
from confsys.events.standing import EventStanding
from confsys.events.states import Role
from confsys.forum.states import DemoState, MatchState, NeedState

FORUM = _l("The organisers of the forum can help.")
LIVE = (NeedState.OPEN, NeedState.MATCHED)


def runs(event: EventStanding) -> bool:
    """Who brings needs and experts together: organisers and chairs of the event."""
    return event.has(Role.ORGANISER, Role.CHAIR)


def may_run(event: EventStanding) -> Decision:
    return allow_if(runs(event))


def may_post(event: EventStanding, has_organisation: bool) -> Decision:
    """Somebody who works somewhere; the profile says where."""
    if not may_see_event(event):
        return HIDDEN
    if not event.viewer.signed_in:
        return Deny(_l("Please sign in to speak for your company."))
    no_place = Deny(_l("Your profile names no organisation. Say there where you work, then come back."))
    return allow_if(has_organisation, no_place)


@dataclass(frozen=True, slots=True)
class NeedStanding:
    """``is_company``: who posted it. ``match``: how the viewer, as an expert, stands to it. ``expert``: offers help at
    all. ``colleague``: works at the company."""

    event: EventStanding
    state: NeedState
    is_company: bool = False
    expert: bool = False
    colleague: bool = False
    match: MatchState | None = None

    @property
    def viewer(self) -> Viewer:
        return self.event.viewer

    @property
    def agreed(self) -> bool:
        return self.match in {MatchState.AGREED, MatchState.ENDED}


def may_see_need(standing: NeedStanding) -> Decision:
    """Everybody while it is live; afterwards those who took part and those who run the forum."""
    if not may_see_event(standing.event):
        return HIDDEN
    inside = standing.is_company or runs(standing.event) or standing.agreed
    return allow_if(inside or standing.state in LIVE)


def may_read_detail(standing: NeedStanding) -> Decision:
    """Not those who run the forum, not the administrator: the company and its agreed expert."""
    return allow_if(standing.is_company or standing.agreed)


def may_change_need(standing: NeedStanding) -> Decision:
    if not standing.is_company:
        return HIDDEN
    return allow_if(standing.state in LIVE, Deny(_l("This need is closed."), who_can=FORUM))


def may_find_experts(standing: NeedStanding) -> Decision:
    """See who fits, and ask: the company, and those who run the forum."""
    if not (standing.is_company or runs(standing.event)):
        return HIDDEN
    return allow_if(standing.state in LIVE, Deny(_l("This need is closed."), who_can=FORUM))


def may_offer_help(standing: NeedStanding) -> Decision:
    if not may_see_need(standing) or not standing.viewer.signed_in or standing.is_company:
        return HIDDEN
    if not standing.expert:
        return Deny(_l("Say first what you can help with."))
    if standing.colleague:
        return Deny(_l("It is a need of your own organisation."))
    if standing.match is not None:
        return Deny(_l("You and this company have been brought together already."))
    return allow_if(standing.state in LIVE, Deny(_l("This need is closed."), who_can=FORUM))


def may_answer_match(is_company: bool, is_expert: bool, state: MatchState, answered: bool) -> Decision:
    """A side that has not said yes yet, while the question stands."""
    if not (is_company or is_expert):
        return HIDDEN
    if state is not MatchState.WAITING or answered:
        return Deny(_l("This has been answered."), who_can=FORUM)
    return ALLOW


def may_tell_match(is_company: bool, is_expert: bool, state: MatchState) -> Decision:
    """Either side says what came of it."""
    if not (is_company or is_expert):
        return HIDDEN
    return allow_if(state is MatchState.AGREED, Deny(_l("There is nothing to tell yet, or it has been told.")))


def may_change_demo(event: EventStanding, is_own: bool, state: DemoState) -> Decision:
    if not is_own or not may_see_event(event):
        return HIDDEN
    return allow_if(state is not DemoState.WITHDRAWN, Deny(_l("This demonstration is withdrawn.")))
