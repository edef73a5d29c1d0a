"""The society's calendar: which day it is where the society lives."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def society_day(at: datetime) -> date:
    """The day of a moment in the society's zone: dues and terms are counted in it, wherever the member is."""
    return at.astimezone(ZoneInfo(current_app.extensions["settings"].zone)).date()
