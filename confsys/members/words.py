"""The words for the closed sets of this room, each with the tone it is shown in."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.states import (
    Allegation,
    ApplicationKind,
    ApplicationState,
    Audience,
    BodyKind,
    BudgetAudience,
    BudgetSide,
    CaseOutcome,
    CaseState,
    DueKind,
    DueState,
    EndReason,
    HonourKind,
    MembershipState,
    Period,
    QuestionKind,
    RefereeState,
    SuggestionState,
    SuggestionTopic,
    SurveyState,
)

MEMBERSHIP_STATES: dict[MembershipState, tuple[Lazy, str]] = {
    MembershipState.CURRENT: (_l("member"), "done"),
    MembershipState.GRACE: (_l("in grace"), "waiting"),
    MembershipState.LAPSED: (_l("lapsed"), "closed"),
    MembershipState.ENDED: (_l("ended"), "closed"),
}
APPLICATION_STATES: dict[ApplicationState, tuple[Lazy, str]] = {
    ApplicationState.REFEREES: (_l("waits for referees"), "waiting"),
    ApplicationState.OFFICE: (_l("with the office"), "open"),
    ApplicationState.APPROVED: (_l("approved"), "done"),
    ApplicationState.DECLINED: (_l("declined"), "closed"),
    ApplicationState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
KINDS_OF_APPLICATION: dict[ApplicationKind, Lazy] = {
    ApplicationKind.JOIN: _l("membership"),
    ApplicationKind.CHANGE: _l("another class"),
}
REFEREE_STATES: dict[RefereeState, tuple[Lazy, str]] = {
    RefereeState.ASKED: (_l("asked"), "waiting"),
    RefereeState.CONFIRMED: (_l("confirmed"), "done"),
    RefereeState.DECLINED: (_l("does not vouch"), "closed"),
}
DUE_KINDS: dict[DueKind, Lazy] = {
    DueKind.JOIN: _l("First dues"),
    DueKind.RENEWAL: _l("Renewal"),
    DueKind.CHANGE: _l("Change of class"),
}
DUE_STATES: dict[DueState, tuple[Lazy, str]] = {
    DueState.OPEN: (_l("to be paid"), "waiting"),
    DueState.PAID: (_l("paid"), "done"),
    DueState.VOID: (_l("cancelled"), "closed"),
}
PERIODS: dict[Period, Lazy] = {
    Period.ROLLING: _l("so many months from its first day"),
    Period.CALENDAR: _l("with the calendar year"),
}
END_REASONS: dict[EndReason, Lazy] = {
    EndReason.RESIGNED: _l("resigned"),
    EndReason.DIED: _l("died"),
    EndReason.STRUCK_OFF: _l("struck off"),
}
AUDIENCES: dict[Audience, Lazy] = {
    Audience.NOBODY: _l("nobody"),
    Audience.MEMBERS: _l("members"),
    Audience.PUBLIC: _l("everybody"),
}
BODY_KINDS: dict[BodyKind, Lazy] = {
    BodyKind.BRANCH: _l("Branches"),
    BodyKind.COMMITTEE: _l("Committees"),
    BodyKind.OFFICE: _l("Offices"),
}
SUGGESTION_TOPICS: dict[SuggestionTopic, Lazy] = {
    SuggestionTopic.ACTIVITIES: _l("meetings and exchange"),
    SuggestionTopic.PUBLISHING: _l("journals and proceedings"),
    SuggestionTopic.SERVICES: _l("services to members"),
    SuggestionTopic.DUES: _l("dues and their use"),
    SuggestionTopic.GOVERNANCE: _l("how the society is run"),
    SuggestionTopic.ADVICE: _l("advice to be passed on to the authorities"),
    SuggestionTopic.OTHER: _l("something else"),
}
SUGGESTION_STATES: dict[SuggestionState, tuple[Lazy, str]] = {
    SuggestionState.FILED: (_l("received"), "open"),
    SuggestionState.ROUTED: (_l("waits for an answer"), "waiting"),
    SuggestionState.ANSWERED: (_l("answered"), "done"),
    SuggestionState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
SURVEY_STATES: dict[SurveyState, tuple[Lazy, str]] = {
    SurveyState.DRAFT: (_l("draft"), "draft"),
    SurveyState.OPEN: (_l("open"), "open"),
    SurveyState.CLOSED: (_l("finished"), "closed"),
}
QUESTION_KINDS: dict[QuestionKind, Lazy] = {
    QuestionKind.SCALE: _l("from 1 to 5"),
    QuestionKind.TEXT: _l("in words"),
}
#: The five points, the best first.
SATISFACTION: dict[int, Lazy] = {
    5: _l("very satisfied"),
    4: _l("satisfied"),
    3: _l("neither"),
    2: _l("dissatisfied"),
    1: _l("very dissatisfied"),
}
BUDGET_SIDES: dict[BudgetSide, Lazy] = {
    BudgetSide.INCOME: _l("Income"),
    BudgetSide.USE: _l("Use"),
}
BUDGET_AUDIENCES: dict[BudgetAudience, tuple[Lazy, str]] = {
    BudgetAudience.DRAFT: (_l("not published"), "draft"),
    BudgetAudience.MEMBERS: (_l("published to members"), "done"),
    BudgetAudience.PUBLIC: (_l("published to everybody"), "done"),
}
HONOUR_KINDS: dict[HonourKind, Lazy] = {
    HonourKind.FELLOW: _l("fellow"),
    HonourKind.SENIOR: _l("senior member"),
    HonourKind.AWARD: _l("award"),
    HonourKind.OTHER: _l("other honour"),
}
CASE_STATES: dict[CaseState, tuple[Lazy, str]] = {
    CaseState.FILED: (_l("received"), "open"),
    CaseState.NOTICE: (_l("waits for the reply"), "waiting"),
    CaseState.PANEL: (_l("with the panel"), "waiting"),
    CaseState.DECIDED: (_l("decided, open to appeal"), "waiting"),
    CaseState.APPEAL: (_l("appeal received"), "waiting"),
    CaseState.CLOSED: (_l("closed"), "closed"),
}
ALLEGATIONS: dict[Allegation, Lazy] = {
    Allegation.FABRICATION: _l("invented or altered data"),
    Allegation.PLAGIARISM: _l("plagiarism"),
    Allegation.AUTHORSHIP: _l("authorship"),
    Allegation.DUPLICATE: _l("the same work submitted or published twice"),
    Allegation.REVIEWING: _l("abuse of peer review"),
    Allegation.OTHER: _l("something else"),
}
OUTCOMES: dict[CaseOutcome, Lazy] = {
    CaseOutcome.DISMISSED: _l("not taken up"),
    CaseOutcome.CLEARED: _l("cleared: the complaint was unfounded"),
    CaseOutcome.WARNING: _l("warning"),
    CaseOutcome.SUSPENDED: _l("suspended"),
}
