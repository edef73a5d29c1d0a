"""Reading the members room. What other rooms may ask for is named here."""

from confsys.members.queries.membership import Membership, valid_membership, valid_memberships

__all__ = ["Membership", "valid_membership", "valid_memberships"]
