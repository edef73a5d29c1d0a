"""Closed sets of the accounts room."""

import enum


class SiteRole(enum.StrEnum):
    """Roles in the society. Each opens rooms, none opens reviews: those belong to the chairs of an event."""

    ADMIN = "admin"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    OUTREACH = "outreach"  # the outreach office
    #: Looks after complaints about scientific integrity; nobody else reads them, administrators included.
    INTEGRITY = "integrity"


class RelationKind(enum.StrEnum):
    ADVISOR = "advisor"
    ADVISEE = "advisee"
    COAUTHOR = "coauthor"
    FAMILY = "family"
    OTHER = "other"


class LinkPurpose(enum.StrEnum):
    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105  the name of a purpose
    SIGN_UP = "sign_up"
