"""Links that prove themselves: for people who have no account. They show on GET and act on POST only."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

BOOKING, TICKET, REQUEST = "outreach-booking", "outreach-ticket", "outreach-request"


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.extensions["settings"].secret_key, salt=purpose)


def code_of(purpose: str, row_id: int) -> str:
    return str(_signer(purpose).dumps(row_id))


def read(purpose: str, code: str) -> int | None:
    """The id a code was made for; None when it is not ours, or was made for another purpose."""
    try:
        found = _signer(purpose).loads(code)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None
