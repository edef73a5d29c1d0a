"""Who may do what with papers. Nothing here asks the database or the clock."""

from __future__ import annotations

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.stages import Phase
from confsys.events.rules import may_see_event
from confsys.events.standing import EventStanding
from confsys.events.states import Feature, Role, StageKind
from confsys.submissions.standing import PAPER_STAFF, PaperStanding
from confsys.submissions.states import SubmissionState

DATES = _l("The organisers can move the dates.")
OFFICE = _l("The society's office can tell you more.")
CONTACTS = _l("The contacts of the paper can do this.")
S = SubmissionState


def _call(standing: EventStanding) -> Decision:
    """Whether the call takes writes of this person at this moment (grace included)."""
    if standing.bars_submitting:
        return Deny(_l("You cannot hand in papers at present."), who_can=OFFICE)
    phase = standing.phase(StageKind.CALL)
    if phase in {Phase.OPEN, Phase.GRACE}:
        return ALLOW
    if phase is Phase.UNSET:
        return Deny(_l("This event has no dates for its call yet."), who_can=DATES)
    if phase is Phase.BEFORE:
        return Deny(_l("The call for papers has not opened yet."), who_can=DATES)
    return Deny(_l("The call for papers is closed."), who_can=DATES)


def may_start(standing: EventStanding) -> Decision:
    """Begin a new paper: until the due date. Afterwards only papers already begun can be finished."""
    if not standing.on(Feature.SUBMISSIONS) or not may_see_event(standing):
        return HIDDEN
    if not standing.viewer.signed_in:
        return Deny(_l("Please sign in to submit a paper."))
    if not standing.bars_submitting and standing.phase(StageKind.CALL) is Phase.GRACE:
        return Deny(
            _l("The deadline has passed. Papers already begun can still be finished, but no new one started."),
            who_can=DATES,
        )
    return _call(standing)


def may_read_as_author(standing: PaperStanding) -> Decision:
    return allow_if(standing.is_author)


def _as_contact(standing: PaperStanding) -> Decision:
    if not standing.is_author:
        return HIDDEN
    if not standing.is_contact:
        return Deny(_l("You are an author of this paper, but not one of its contacts."), who_can=CONTACTS)
    return ALLOW


def may_edit(standing: PaperStanding) -> Decision:
    """Change draft or submission, its files too, while the call takes writes."""
    answer = _as_contact(standing)
    if not answer:
        return answer
    if standing.state is S.WITHDRAWN:
        return Deny(_l("This paper was withdrawn. Bring it back first."))
    if standing.state in {S.ACCEPTED, S.REJECTED}:
        return Deny(_l("The decision on this paper is out: it can no longer be changed here."))
    return _call(standing.event)


def may_submit(standing: PaperStanding) -> Decision:
    return may_edit(standing)


def may_discard(standing: PaperStanding) -> Decision:
    """Throw away a draft: at any time, since it was never anybody else's."""
    answer = _as_contact(standing)
    if answer and standing.state is not S.DRAFT:
        return Deny(_l("A submitted paper is not thrown away; it can be withdrawn."))
    return answer


def may_withdraw(standing: PaperStanding) -> Decision:
    answer = _as_contact(standing)
    if answer and standing.state not in {S.SUBMITTED, S.ACCEPTED}:
        return Deny(_l("Only a submitted paper can be withdrawn."))
    return answer


def may_revive(standing: PaperStanding) -> Decision:
    """Bring a withdrawn paper back: its contacts while the call is open, organisers and chairs at any time."""
    if standing.is_author:
        answer = _as_contact(standing)
        if not answer:
            return answer
    elif not may_correct(standing):
        return HIDDEN
    if standing.state is not S.WITHDRAWN:
        return Deny(_l("This paper is not withdrawn."))
    return _call(standing.event) if standing.is_author else ALLOW


def may_list(standing: EventStanding) -> Decision:
    """The staff's list of papers."""
    return allow_if(standing.on(Feature.SUBMISSIONS) and standing.has(*PAPER_STAFF))


def may_import(standing: EventStanding) -> Decision:
    return allow_if(standing.on(Feature.SUBMISSIONS) and standing.has(Role.ORGANISER, Role.CHAIR))


def may_set_rules(standing: EventStanding) -> Decision:
    """Change what the event asks of a submission."""
    return allow_if(standing.on(Feature.SUBMISSIONS) and standing.has(Role.ORGANISER, Role.CHAIR))


def may_read_as_staff(standing: PaperStanding) -> Decision:
    """The record with its authors. Drafts belong to their authors; a conflicted person is a stranger."""
    return allow_if(standing.is_paper_staff and standing.state is not S.DRAFT)


def may_correct(standing: PaperStanding) -> Decision:
    """Put right what is recorded of a paper, on behalf of its authors."""
    answer = may_read_as_staff(standing)
    if not answer:
        return answer
    if standing.event.has(Role.ORGANISER, Role.CHAIR, Role.PUBLICATION_CHAIR):
        return ALLOW
    return Deny(
        _l("Track chairs cannot change a paper's record."),
        who_can=_l("The organisers, the chairs and the publication chair can."),
    )


def may_read_files(standing: PaperStanding) -> Decision:
    return ALLOW if standing.is_author else may_read_as_staff(standing)
