"""Closed sets of the members room, and which change of state is allowed."""

import enum


class Period(enum.StrEnum):
    """How a term ends: so many months after it began, or with the calendar year."""

    ROLLING = "rolling"
    CALENDAR = "calendar"


class ApplicationKind(enum.StrEnum):
    JOIN = "join"
    CHANGE = "change"  # of the class; the stem of the number stays


class ApplicationState(enum.StrEnum):
    REFEREES = "referees"  # waits for members who vouch for the applicant
    OFFICE = "office"  # waits for the membership office
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN_APPLICATIONS = frozenset({ApplicationState.REFEREES, ApplicationState.OFFICE})
APPLICATION_TRANSITIONS: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.REFEREES: frozenset(
        {ApplicationState.OFFICE, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.OFFICE: frozenset(
        {ApplicationState.APPROVED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.APPROVED: frozenset(),
    ApplicationState.DECLINED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
}


class RefereeState(enum.StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class DueKind(enum.StrEnum):
    JOIN = "join"
    RENEWAL = "renewal"
    CHANGE = "change"


class DueState(enum.StrEnum):
    OPEN = "open"
    PAID = "paid"
    VOID = "void"


class TermState(enum.StrEnum):
    ACTIVE = "active"
    REVERSED = "reversed"  # the payment was given back


class MembershipState(enum.StrEnum):
    """What somebody is on a day. Derived from terms, never stored."""

    CURRENT = "current"
    GRACE = "grace"  # still a member
    LAPSED = "lapsed"
    ENDED = "ended"


class EndReason(enum.StrEnum):
    RESIGNED = "resigned"
    DIED = "died"
    STRUCK_OFF = "struck_off"


class Audience(enum.StrEnum):
    """Who may read a field of the directory."""

    NOBODY = "nobody"
    MEMBERS = "members"
    PUBLIC = "public"


class BodyKind(enum.StrEnum):
    BRANCH = "branch"
    COMMITTEE = "committee"
    OFFICE = "office"


class SuggestionTopic(enum.StrEnum):
    ACTIVITIES = "activities"
    PUBLISHING = "publishing"
    SERVICES = "services"
    DUES = "dues"
    GOVERNANCE = "governance"
    ADVICE = "advice"  # to be passed on to the authorities
    OTHER = "other"


class SuggestionState(enum.StrEnum):
    FILED = "filed"  # waits for the office to hand it on
    ROUTED = "routed"  # with the body that answers it
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


SUGGESTION_TRANSITIONS: dict[SuggestionState, frozenset[SuggestionState]] = {
    SuggestionState.FILED: frozenset({SuggestionState.ROUTED, SuggestionState.WITHDRAWN}),
    SuggestionState.ROUTED: frozenset({SuggestionState.ROUTED, SuggestionState.ANSWERED, SuggestionState.WITHDRAWN}),
    SuggestionState.ANSWERED: frozenset(),
    SuggestionState.WITHDRAWN: frozenset(),
}


class SurveyState(enum.StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class QuestionKind(enum.StrEnum):
    SCALE = "scale"  # from 1 to 5
    TEXT = "text"


class BudgetSide(enum.StrEnum):
    INCOME = "income"
    USE = "use"


class BudgetAudience(enum.StrEnum):
    DRAFT = "draft"  # for those who keep it
    MEMBERS = "members"
    PUBLIC = "public"


class HonourKind(enum.StrEnum):
    FELLOW = "fellow"
    SENIOR = "senior"
    AWARD = "award"
    OTHER = "other"


class CaseState(enum.StrEnum):
    """Where a case of integrity stands."""

    FILED = "filed"  # to be screened by the officer
    NOTICE = "notice"  # the respondent was told and may reply
    PANEL = "panel"
    DECIDED = "decided"  # may be appealed against
    APPEAL = "appeal"
    CLOSED = "closed"


CASE_TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.FILED: frozenset({CaseState.NOTICE, CaseState.CLOSED}),
    CaseState.NOTICE: frozenset({CaseState.PANEL}),
    CaseState.PANEL: frozenset({CaseState.DECIDED}),
    CaseState.DECIDED: frozenset({CaseState.APPEAL, CaseState.CLOSED}),
    CaseState.APPEAL: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset(),
}


class OfficerChangeState(enum.StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class Allegation(enum.StrEnum):
    FABRICATION = "fabrication"
    PLAGIARISM = "plagiarism"
    AUTHORSHIP = "authorship"
    DUPLICATE = "duplicate"
    REVIEWING = "reviewing"
    OTHER = "other"


class CaseOutcome(enum.StrEnum):
    DISMISSED = "dismissed"  # screened out: nobody was told
    CLEARED = "cleared"
    WARNING = "warning"
    SUSPENDED = "suspended"
