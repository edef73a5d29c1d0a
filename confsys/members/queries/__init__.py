"""Reading the members room. What other rooms may ask for is named here."""

from confsys.members.queries.integrity import Bar, integrity_figures, kept_from_reviewing, sanction
from confsys.members.queries.membership import Membership, valid_membership, valid_memberships

__all__ = [
    "Bar", "Membership", "integrity_figures", "kept_from_reviewing", "sanction", "valid_membership",
    "valid_memberships",
]  # fmt: skip
