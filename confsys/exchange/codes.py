"""The code on the screen of a session: signed, good for some minutes, so that a photograph sent home is worth nothing.

Following the link only shows a page; being there is recorded by the button on it.
"""

from __future__ import annotations

from datetime import datetime

import segno
from flask import current_app
from itsdangerous import BadSignature, Signer
from markupsafe import Markup

#: How long a code stays good after it was drawn.
MINUTES = 10


def _signer() -> Signer:
    return Signer(str(current_app.config["SECRET_KEY"]), salt="exchange-attendance")


def code_for(event_id: int, session_id: int, at: datetime) -> str:
    return _signer().sign(f"{event_id}-{session_id}-{int(at.timestamp()) // 60}").decode()


def is_good(code: str, event_id: int, session_id: int, at: datetime) -> bool:
    """Whether the code is of this session and was drawn within the last minutes."""
    try:
        event, session, minute = _signer().unsign(code).decode().split("-")
    except (BadSignature, ValueError):
        return False
    age = int(at.timestamp()) // 60 - int(minute)
    return (int(event), int(session)) == (event_id, session_id) and 0 <= age <= MINUTES


def picture(address: str) -> Markup:
    """The address as a QR code, drawn into the page."""
    svg = segno.make(address, error="m").svg_inline(
        scale=6, border=2, omitsize=True, svgclass="qr", lineclass="qr-line"
    )
    return Markup(svg)  # noqa: S704  drawn by segno from an address of ours
