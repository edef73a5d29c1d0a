"""Who may do what in peer review."""

from __future__ import annotations

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.stages import Phase
from confsys.events.standing import EventStanding
from confsys.events.states import Role, StageKind
from confsys.reviewing.standing import ReviewStanding
from confsys.reviewing.states import ReviewState

CHAIRS_CAN = _l("The programme chairs can change this.")
DATES = _l("The chairs can move the dates.")
#: Says nothing of why: the chairs of an event do not know it either.
BARRED = Deny(_l("You cannot review at present."), who_can=_l("The society's office can tell you more."))


def may_build_committee(standing: EventStanding) -> Decision:
    """Invite reviewers and keep their list: chairs, and organisers who help them."""
    return allow_if(standing.has(Role.CHAIR, Role.ORGANISER))


def may_chair_reviews(standing: EventStanding) -> Decision:
    """The board and what hangs on it. Which papers it shows is the queries' matter."""
    return allow_if(standing.has(Role.CHAIR, Role.TRACK_CHAIR))


def may_steer_reviews(standing: EventStanding) -> Decision:
    """What concerns the whole event: runs, releases, letters, settings."""
    if standing.has(Role.CHAIR):
        return ALLOW
    if standing.has(Role.TRACK_CHAIR):
        return Deny(_l("This concerns the papers of every track."), who_can=CHAIRS_CAN)
    return HIDDEN


def may_be_asked(standing: EventStanding) -> Decision:
    """A reviewer's own pages of the event."""
    return allow_if(standing.is_reviewer)


def may_bid(standing: EventStanding) -> Decision:
    if not standing.is_reviewer:
        return HIDDEN
    if standing.bars_reviewing:
        return BARRED
    phase = standing.phase(StageKind.BIDDING)
    if phase is Phase.UNSET:
        return Deny(_l("This event does not ask for bids."))
    if phase is Phase.BEFORE:
        return Deny(_l("Bidding has not opened yet."), who_can=DATES)
    if phase is Phase.CLOSED:
        return Deny(_l("Bidding is over. Your bids are kept."), who_can=DATES)
    return ALLOW


def may_open_review(standing: ReviewStanding) -> Decision:
    """The split view of paper and form."""
    return allow_if(standing.is_reviewer)


def may_write_review(standing: ReviewStanding) -> Decision:
    """Save or submit. There is no secret grace: what the stage says holds."""
    if not standing.is_reviewer:
        return HIDDEN
    if standing.event.bars_reviewing:
        return BARRED
    if standing.told:
        return Deny(_l("The decision on this paper has been sent, so its reviews can no longer change."))
    phase = standing.event.phase(StageKind.REVIEW)
    if phase is Phase.BEFORE:
        return Deny(_l("Reviewing has not opened yet."), who_can=DATES)
    if phase is not Phase.CLOSED:
        return ALLOW
    if standing.review is ReviewState.SUBMITTED and standing.event.accepts(StageKind.DISCUSSION):
        return ALLOW
    return Deny(_l("The time for reviews is over."), who_can=_l("The chairs can open it again for you."))


def may_decline(standing: ReviewStanding) -> Decision:
    """Give a paper back: until the review is submitted, even when the time for reviews is over."""
    if not standing.is_reviewer:
        return HIDDEN
    if standing.review is ReviewState.SUBMITTED:
        return Deny(_l("Your review is submitted. Thank you; there is nothing left to decline."))
    return ALLOW


def may_delegate(standing: ReviewStanding) -> Decision:
    """Ask the chairs to let somebody outside the committee review in one's place: as long as one could write."""
    if not standing.is_reviewer:
        return HIDDEN
    if standing.review is ReviewState.SUBMITTED:
        return Deny(_l("Your review is submitted; there is nothing left to pass on."))
    return may_write_review(standing)


def may_read_reviews(standing: ReviewStanding) -> Decision:
    """The reviews of others: chairs always, reviewers after their own, authors after the decision."""
    if standing.is_deciding:
        return ALLOW
    if standing.paper.is_author:
        return allow_if(standing.told)
    if standing.is_reviewer and standing.share_reviews:
        return allow_if(standing.has_reviewed, Deny(_l("You can read the other reviews once yours is submitted.")))
    return HIDDEN


def may_read_decision(standing: ReviewStanding) -> Decision:
    """The authors' page: what was decided, and why."""
    return allow_if(standing.paper.is_author and standing.told)


def may_see_own_conflicts(standing: ReviewStanding) -> Decision:
    """Whom conflicts keep from a paper, for its authors while it is under review."""
    return allow_if(standing.paper.is_author and not standing.told)


def may_know_reviewers(standing: ReviewStanding) -> Decision:
    """Names of reviewers. Whoever may know them may also know of the assignment."""
    return allow_if(standing.is_deciding)


def may_decide(standing: ReviewStanding) -> Decision:
    return allow_if(standing.is_deciding)
