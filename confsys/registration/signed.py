"""Links of registration that prove themselves: taking a place over, and taking an offered place."""

from __future__ import annotations

from flask import current_app

from confsys.core.signing import sign, signed_value
from confsys.registration.models import Attendee, WaitingEntry

CLAIM, OFFER = "registration-claim", "registration-offer"


def claim_code(attendee: Attendee) -> str:
    """For this place with its present code: handed on, the place has another code and the link is void."""
    return sign(CLAIM, [attendee.id, attendee.code])


def claimed_place(code: str) -> tuple[int, str] | None:
    found = signed_value(CLAIM, code)
    return (found[0], found[1]) if isinstance(found, list) and len(found) == 2 else None


def offer_code(entry: WaitingEntry) -> str:
    """For this one offer: another offer to the same person has another link."""
    return sign(OFFER, [entry.id, entry.offered_at.isoformat() if entry.offered_at else ""])


def offered_entry(code: str) -> tuple[int, str] | None:
    found = signed_value(OFFER, code)
    return (found[0], found[1]) if isinstance(found, list) and len(found) == 2 else None


def address(path: str) -> str:
    """A whole address, for mail written outside a request."""
    return f"{current_app.extensions['settings'].base_url}{path}"
