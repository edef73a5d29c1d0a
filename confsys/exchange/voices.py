"""One person's words in one event, recognisable as one voice and as nobody's."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app


def voice_of(event_id: int, person_id: int | None) -> str:
    """The same for all a person says in an event; only this installation's secret can compute it."""
    if person_id is None:
        return ""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"voice:{event_id}:{person_id}".encode(), hashlib.sha256).hexdigest()[:24]
