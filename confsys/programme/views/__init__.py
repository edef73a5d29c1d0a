"""The pages of the programme: for organisers, for those on the programme, for the public."""

from confsys.programme.views import (
    files,
    grouping,
    importing,
    mending,
    mine,
    own,
    plans,
    pricing,
    public,
    releasing,
    rooms,
    sessions,
    settings,
    talks,
    timetable,
)
from confsys.programme.views.blueprint import desk, site

__all__ = [
    "desk", "files", "grouping", "importing", "mending", "mine", "own", "plans", "pricing", "public", "releasing",
    "rooms", "sessions", "settings", "site", "talks", "timetable",
]  # fmt: skip
