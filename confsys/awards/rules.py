"""Who may do what with an award. Votes are nobody's business but their juror's until the close."""

from __future__ import annotations

from confsys.awards.standing import AwardStanding, keeps
from confsys.awards.states import AwardState, Source
from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding

S = AwardState
COUNTED = frozenset({S.CLOSED, S.ANNOUNCED})
COMMITTEE = _l("The committee of the award can help.")


def may_create(viewer: Viewer, event: EventStanding | None) -> Decision:
    return allow_if(keeps(viewer, event))


def may_see(standing: AwardStanding) -> Decision:
    """A draft is there for who keeps it."""
    return allow_if(standing.state is not S.DRAFT or standing.is_committee)


def may_run(standing: AwardStanding) -> Decision:
    """Nominations, checks, jury, steps. A candidate of the committee finds no such pages."""
    return allow_if(standing.is_committee)


def may_change_terms(standing: AwardStanding) -> Decision:
    """Until the jury votes: then everybody has acted on what was written."""
    if not standing.is_committee:
        return HIDDEN
    return allow_if(
        standing.state in {S.DRAFT, S.NOMINATING}, Deny(_l("The jury has begun; the terms stay as they were read."))
    )


def may_nominate(standing: AwardStanding) -> Decision:
    """Members where the award says so, and the committee; never oneself, which the operation looks after."""
    if standing.state is not S.NOMINATING:
        return Deny(_l("This award takes no nominations now."), who_can=COMMITTEE)
    if standing.nominate_until is not None and standing.at > standing.nominate_until:
        return Deny(_l("The time for nominations is over."), who_can=COMMITTEE)
    if standing.is_committee and Source.COMMITTEE in standing.sources:
        return ALLOW
    if Source.MEMBERS not in standing.sources:
        return Deny(_l("The committee of this award chooses the candidates itself."))
    return allow_if(standing.is_member, Deny(_l("Members of the society nominate. Sign in with your membership.")))


def may_nominate_papers(standing: AwardStanding) -> Decision:
    open_ = standing.state is S.NOMINATING and Source.PAPERS in standing.sources
    return allow_if(standing.is_committee and open_)


def may_vote(standing: AwardStanding) -> Decision:
    """The jury, while it lasts. A juror who was nominated meanwhile is a candidate and no juror."""
    if not standing.is_juror or standing.is_candidate:
        return HIDDEN
    if standing.state is not S.JUDGING:
        early = standing.state in {S.DRAFT, S.NOMINATING}
        return Deny(_l("The jury begins when nominations are closed.") if early else _l("The vote is closed."))
    over = standing.judge_until is not None and standing.at > standing.judge_until
    return Deny(_l("The time to vote is over."), who_can=COMMITTEE) if over else ALLOW


def may_see_votes(standing: AwardStanding) -> Decision:
    """After the close: the committee and the jury. The public never reads votes."""
    inside = standing.is_committee or (standing.is_juror and not standing.is_candidate)
    return allow_if(inside and standing.state in COUNTED)


def may_decide(standing: AwardStanding) -> Decision:
    return allow_if(standing.is_committee and standing.state is S.CLOSED)


def may_run_young(standing: EventStanding) -> Decision:
    """The rule of an event for young people, its checks and its mentors: organisers and chairs."""
    return allow_if(keeps(standing.viewer, standing))


def may_take_part(viewer: Viewer) -> Decision:
    return allow_if(viewer.signed_in, Deny(_l("Please sign in first.")))
