"""Who may ask, vote, moderate, answer and show what."""

from __future__ import annotations

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.events.rules import may_see_event
from confsys.events.standing import EventStanding
from confsys.events.states import Feature, Role
from confsys.exchange.standing import FloorStanding
from confsys.exchange.states import Moment

SIGN_IN = Deny(_l("Please sign in to take part."))
CLOSED = Deny(_l("The discussion of this session is closed."), who_can=_l("The organisers can reopen it."))
READERS_OF_FIGURES = (Role.ORGANISER, Role.CHAIR, Role.PROGRAMME_MANAGER)


def may_read(standing: EventStanding) -> Decision:
    return may_see_event(standing) if standing.on(Feature.EXCHANGE) else HIDDEN


def may_read_floor(standing: FloorStanding) -> Decision:
    return may_read(standing.event)


def may_take_part(standing: FloorStanding) -> Decision:
    """Vote, answer polls, debate: whoever is signed in, until the days after the session are over."""
    if not may_read_floor(standing):
        return HIDDEN
    if not standing.viewer.signed_in:
        return SIGN_IN
    return CLOSED if standing.moment is Moment.CLOSED else ALLOW


def may_ask(standing: FloorStanding) -> Decision:
    answer = may_take_part(standing)
    if answer and standing.paused and not standing.keeps_order:
        return Deny(_l("No more questions are taken at the moment."), who_can=_l("The moderator opens them again."))
    return answer


def may_debate(standing: FloorStanding) -> Decision:
    return may_take_part(standing) if standing.options.debate else HIDDEN


def may_moderate(standing: FloorStanding) -> Decision:
    """Let questions through, mark them answered, run polls, show the attendance code."""
    return allow_if(standing.event.on(Feature.EXCHANGE) and standing.keeps_order)


def may_answer(standing: FloorStanding, talk_id: int | None) -> Decision:
    """Answer in writing: a speaker the questions on the own talk or on the session, a moderator any."""
    if not standing.event.on(Feature.EXCHANGE):
        return HIDDEN
    own = talk_id in standing.speaks if talk_id is not None else bool(standing.speaks)
    return allow_if(own or standing.keeps_order)


def may_speak_here(standing: FloorStanding, talk_id: int) -> Decision:
    """The speaker's page of a talk."""
    return allow_if(standing.event.on(Feature.EXCHANGE) and (talk_id in standing.speaks or standing.keeps_order))


def may_add_material(standing: FloorStanding, talk_id: int) -> Decision:
    return may_speak_here(standing, talk_id)


def may_consent(standing: FloorStanding, talk_id: int) -> Decision:
    """Only who gives the talk can say yes to its slides and recordings."""
    if talk_id in standing.speaks:
        return ALLOW
    return Deny(_l("Only a speaker of the talk can agree."), who_can=_l("Ask the speaker.")) if may_moderate(
        standing
    ) else HIDDEN  # fmt: skip


def may_be_recorded(standing: FloorStanding) -> Decision:
    """Say "I am here": while the session is on, with the code from the screen."""
    if not may_read_floor(standing) or not standing.options.attendance:
        return HIDDEN
    if not standing.viewer.signed_in:
        return Deny(_l("Please sign in to be recorded."))
    if not standing.doors_open:
        return Deny(_l("Attendance is recorded while the session is on."), who_can=_l("The chair can add you."))
    return ALLOW


def may_give_feedback(standing: FloorStanding) -> Decision:
    answer = may_take_part(standing)
    if answer and standing.moment is Moment.BEFORE:
        return Deny(_l("Feedback opens when the session has begun."))
    return answer


def may_see_figures(standing: EventStanding) -> Decision:
    """The organisers' table of all discussions, and the rules of the room."""
    return allow_if(standing.on(Feature.EXCHANGE) and standing.has(*READERS_OF_FIGURES))
