"""Who may do what with an event."""

from __future__ import annotations

from collections.abc import Callable

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.stages import Phase
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import EventState, Feature, Role, StageKind

ORGANISERS = _l("The organisers of the event can change this.")


def may_create_event(viewer: Viewer) -> Decision:
    return allow_if(
        viewer.is_admin or ("secretary" in viewer.site_roles and viewer.complete),
        Deny(_l("Events are created by the society's office.")),
    )


def may_see_event(standing: EventStanding) -> Decision:
    """The public site; a draft is seen only by those who work on it."""
    return allow_if(standing.state is not EventState.DRAFT or standing.roles or standing.viewer.is_admin)


def may_see_workroom(standing: EventStanding) -> Decision:
    """The organisers' pages: for anybody with a role in running the event."""
    return allow_if(standing.is_staff)


def may_edit_event(standing: EventStanding) -> Decision:
    """Settings, stages, pages: organisers, and the society's administrator who set the event up."""
    if standing.is_organiser or standing.viewer.is_admin:
        return ALLOW
    return Deny(_l("You cannot change this event."), who_can=ORGANISERS) if standing.is_staff else HIDDEN


#: Roles that a programme chair fills.
REVIEWING_ROLES = frozenset({Role.REVIEWER, Role.TRACK_CHAIR})


def may_see_people(standing: EventStanding) -> Decision:
    """Addresses and answers of everybody invited: organisers, chairs, and the administrator who set the event up."""
    return allow_if(standing.has(Role.ORGANISER, Role.CHAIR) or standing.viewer.is_admin)


def grantable(standing: EventStanding) -> frozenset[Role]:
    """The roles this viewer may invite to and take away."""
    if standing.is_organiser or standing.viewer.is_admin:
        return frozenset(Role)
    return REVIEWING_ROLES if standing.is_chair else frozenset()


def may_grant(standing: EventStanding, role: Role) -> Decision:
    if role in grantable(standing):
        return ALLOW
    return Deny(_l("You cannot give or take this role."), who_can=ORGANISERS) if standing.is_staff else HIDDEN


#: What a co-host's people may be asked to do: nothing that reaches beyond their part.
CO_HOST_ROLES = (Role.TRACK_CHAIR, Role.HELPER)


def has_role(*roles: Role) -> Callable[[EventStanding], Decision]:
    """A rule: the viewer holds one of ``roles``."""

    def rule(standing: EventStanding) -> Decision:
        return allow_if(standing.has(*roles))

    return rule


def feature_on(feature: Feature) -> Callable[[EventStanding], Decision]:
    """A rule: the event uses this room. Off means absent."""

    def rule(standing: EventStanding) -> Decision:
        return allow_if(standing.on(feature))

    return rule


def stage_accepts(kind: StageKind, before: object, after: object) -> Callable[[EventStanding], Decision]:
    """A rule: writes of a stage pass now; else the sentence for too early or too late."""

    def rule(standing: EventStanding) -> Decision:
        if standing.accepts(kind):
            return ALLOW
        early = standing.phase(kind) is Phase.BEFORE
        return Deny(str(before if early else after), who_can=_l("The organisers can move the dates."))

    return rule
