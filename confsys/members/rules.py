"""Who may do what with memberships."""

from __future__ import annotations

from datetime import date

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer
from confsys.members.standing import CaseStanding, MemberStanding, SuggestionStanding, is_integrity_officer
from confsys.members.states import BudgetAudience, CaseState, MembershipState, SuggestionState
from confsys.members.terms import Span, renewal_opens

OFFICE = _l("The membership office can help you.")


def may_run_office(standing: MemberStanding) -> Decision:
    """The desk of the membership office. Administrators keep the machine, not the members: they are not let in."""
    return allow_if(standing.is_office)


def may_apply(standing: MemberStanding) -> Decision:
    """Ask to become a member: anybody with an account who is not one and has not asked yet."""
    if not standing.viewer.signed_in:
        return Deny(_l("Please sign in first."))
    if standing.has_application:
        return Deny(_l("Your application is with us already."), who_can=OFFICE)
    if standing.counts:
        return Deny(_l("You are a member already."), who_can=OFFICE)
    if standing.state is MembershipState.ENDED:
        return Deny(_l("Your membership was ended; it is taken up again by the office."), who_can=OFFICE)
    return ALLOW


def may_change_class(standing: MemberStanding) -> Decision:
    if not standing.counts:
        return HIDDEN
    if standing.has_application:
        return Deny(_l("Your application is with us already."), who_can=OFFICE)
    return ALLOW


def may_read_as_member(standing: MemberStanding) -> Decision:
    """Pages for members."""
    if standing.counts:
        return ALLOW
    if standing.state is MembershipState.LAPSED:
        return Deny(_l("Your membership has lapsed. Renew it to open this page."), who_can=OFFICE)
    return Deny(_l("This page is for members of the society."), who_can=_l("Anybody may apply to become one."))


def may_hold_card(standing: MemberStanding) -> Decision:
    """Whoever was ever a member; what the card says of today is another matter."""
    return allow_if(standing.state is not None)


def may_renew(last: Span, opens_days: int, day: date, ended_on: date | None = None) -> Decision:
    """Renewal opens before the end and never closes: in grace, and after it, too."""
    if ended_on is not None and day >= ended_on:
        return Deny(_l("Your membership was ended; it is taken up again by the office."), who_can=OFFICE)
    if day < renewal_opens(last, opens_days):
        return Deny(_l("Your membership is paid. Renewal opens shortly before its end."))
    return ALLOW


def may_suggest(standing: MemberStanding) -> Decision:
    return may_read_as_member(standing)


def may_read_suggestion(standing: SuggestionStanding) -> Decision:
    """The filer, the office, whoever answers it; everybody once it is published."""
    return allow_if(standing.is_filer or standing.member.is_office or standing.answers or standing.is_public)


def may_know_filer(standing: SuggestionStanding, *, named: bool) -> Decision:
    """Whose suggestion it is: for those who deal with it, and for all where the filer agreed."""
    return allow_if(standing.is_filer or standing.member.is_office or standing.answers or named)


def may_route(standing: SuggestionStanding) -> Decision:
    return allow_if(standing.member.is_office and standing.state in {SuggestionState.FILED, SuggestionState.ROUTED})


def may_answer_suggestion(standing: SuggestionStanding) -> Decision:
    """The body it was handed to, or the office in its name."""
    return allow_if((standing.answers or standing.member.is_office) and standing.state is SuggestionState.ROUTED)


def may_withdraw_suggestion(standing: SuggestionStanding) -> Decision:
    return allow_if(standing.is_filer and standing.state in {SuggestionState.FILED, SuggestionState.ROUTED})


def may_rate_answer(standing: SuggestionStanding) -> Decision:
    return allow_if(standing.is_filer and standing.state is SuggestionState.ANSWERED and not standing.rated)


def may_keep_back(standing: SuggestionStanding) -> Decision:
    return allow_if(standing.member.is_office and standing.state is SuggestionState.ANSWERED)


def may_keep_budget(standing: MemberStanding) -> Decision:
    """Write and publish it: the treasurer and the secretaries."""
    viewer = standing.viewer
    return allow_if(viewer.complete and not viewer.site_roles.isdisjoint({"treasurer", "secretary"}))


def may_read_budget(standing: MemberStanding, audience: BudgetAudience) -> Decision:
    if may_keep_budget(standing) or audience is BudgetAudience.PUBLIC:
        return ALLOW
    return allow_if(audience is BudgetAudience.MEMBERS and standing.counts)


def may_keep_cases(viewer: Viewer) -> Decision:
    """The list of cases: for the integrity officer alone. Administrators, chairs and secretaries find nothing here."""
    return allow_if(is_integrity_officer(viewer))


def may_keep_officers(viewer: Viewer) -> Decision:
    """Propose and confirm who the integrity officers are. For everybody else there is no such page."""
    return allow_if(viewer.complete and not viewer.site_roles.isdisjoint({"admin", "secretary", "integrity"}))


def may_see_case(standing: CaseStanding) -> Decision:
    """A case exists only for those inside it."""
    return allow_if(standing.is_officer or standing.is_complainant or standing.told or standing.is_panelist)


def may_read_complaint(standing: CaseStanding) -> Decision:
    return may_see_case(standing)


def may_read_reply(standing: CaseStanding) -> Decision:
    """The respondent's words are not for the complainant."""
    return allow_if(standing.is_officer or standing.told or standing.is_panelist)


def may_read_opinions(standing: CaseStanding) -> Decision:
    return allow_if(standing.is_officer or standing.is_panelist)


def may_reply(standing: CaseStanding) -> Decision:
    return allow_if(standing.told and standing.state is CaseState.NOTICE and standing.reply_open)


def may_give_opinion(standing: CaseStanding) -> Decision:
    return allow_if(standing.is_panelist and standing.state is CaseState.PANEL)


def may_appeal(standing: CaseStanding) -> Decision:
    return allow_if(standing.told and standing.state is CaseState.DECIDED and standing.appeal_open)


def may_handle_case(standing: CaseStanding) -> Decision:
    """Screen, notify, call a panel, decide, close."""
    return allow_if(standing.is_officer)
