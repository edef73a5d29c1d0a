"""Tables of the members room."""

from confsys.members.models.bodies import Body, OfficeTerm
from confsys.members.models.membership import (
    Application,
    Due,
    Member,
    MemberCounter,
    Referee,
    Term,
    Tier,
)

__all__ = [
    "Application", "Body", "Due", "Member", "MemberCounter", "OfficeTerm", "Referee", "Term", "Tier",
]  # fmt: skip
