"""Links for people who have no account. They show on GET and act on POST only."""

from __future__ import annotations

from confsys.core.signing import sign, signed_value

BOOKING, TICKET, REQUEST = "outreach-booking", "outreach-ticket", "outreach-request"


def code_of(purpose: str, row_id: int) -> str:
    return sign(purpose, row_id)


def read(purpose: str, code: str) -> int | None:
    """The id a code was made for; None when it is not ours, or was made for another purpose."""
    found = signed_value(purpose, code)
    return found if isinstance(found, int) else None
