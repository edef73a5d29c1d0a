"""What a request of the timetable says, read with care."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import BadRequest


def whole(name: str) -> int | None:
    """A number of the request; None when it is empty. Raises BadRequest when it is something else."""
    text = request.values.get(name, "").strip()
    if not text:
        return None
    if not text.lstrip("-").isdigit() or len(text) > 9:
        raise BadRequest
    return int(text)
