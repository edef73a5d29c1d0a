"""Tables of the members room."""

from confsys.members.models.bodies import Body, Office, OfficeTerm
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

__all__ = [
    "Application", "Body", "CaseEntry", "Due", "IntegrityCase", "Member", "MemberCounter", "Office", "OfficeTerm",
    "OfficerChange", "Panelist", "Referee", "Sanction", "Suggestion", "Term", "Tier",
]  # fmt: skip
