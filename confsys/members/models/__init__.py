"""Tables of the members room."""

from confsys.members.models.bodies import Body, Office, OfficeTerm
from confsys.members.models.budget import BudgetLine, BudgetYear
from confsys.members.models.honours import Honour
from confsys.members.models.integrity import CaseEntry, IntegrityCase, OfficerChange, Panelist, Sanction
from confsys.members.models.membership import (
    Application,
    Due,
    Member,
    MemberCounter,
    Referee,
    Term,
    Tier,
)
from confsys.members.models.suggestions import Suggestion
from confsys.members.models.survey import Survey, SurveyQuestion, SurveySheet, SurveyTurnout

__all__ = [
    "Application", "Body", "BudgetLine", "BudgetYear", "CaseEntry", "Due", "Honour", "IntegrityCase", "Member",
    "MemberCounter", "Office", "OfficeTerm", "OfficerChange", "Panelist", "Referee", "Sanction", "Suggestion",
    "Survey", "SurveyQuestion", "SurveySheet", "SurveyTurnout", "Term", "Tier",
]  # fmt: skip
