"""Who may do what with a programme."""

from __future__ import annotations

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer
from confsys.events.rules import may_see_event
from confsys.events.standing import EventStanding
from confsys.events.states import Role

ARRANGERS = (Role.ORGANISER, Role.CHAIR, Role.PROGRAMME_MANAGER)


def may_read_programme(standing: EventStanding) -> Decision:
    """What was released, for everybody who may see the event."""
    return may_see_event(standing)


def may_see_timetable(standing: EventStanding) -> Decision:
    """The working timetable. From the release of outcomes on, an accepted paper is part of a programme that will be
    public, so people with a conflict see it here like everybody else: a timetable cannot be made around a gap.
    """
    return allow_if(standing.is_staff)


def may_arrange(standing: EventStanding) -> Decision:
    """Rooms, sessions, talks, moves, releases."""
    if standing.has(*ARRANGERS):
        return ALLOW
    if standing.is_staff:
        return Deny(
            _l("You can look at the timetable but not change it."),
            who_can=_l("Organisers, chairs and programme managers can change it."),
        )
    return HIDDEN


def may_keep(viewer: Viewer) -> Decision:
    """A programme of one's own that follows to every device; without an account it stays in the browser."""
    return allow_if(viewer.signed_in, Deny(_l("Sign in to keep a programme of your own on all your devices.")))


def may_answer(person_id: int, viewer: Viewer) -> Decision:
    """Whether one comes is for nobody else to say."""
    return allow_if(viewer.signed_in and viewer.person_id == person_id)
