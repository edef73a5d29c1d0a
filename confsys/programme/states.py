"""Closed sets of the programme."""

import enum


class SessionKind(enum.StrEnum):
    ORAL = "oral"
    POSTER = "poster"
    KEYNOTE = "keynote"
    PANEL = "panel"
    SALON = "salon"
    BREAK = "break"
    SOCIAL = "social"


#: Kinds that hold talks.
WITH_TALKS = frozenset(
    {SessionKind.ORAL, SessionKind.POSTER, SessionKind.KEYNOTE, SessionKind.PANEL, SessionKind.SALON}
)
#: Kinds whose talks are given side by side, not one after another.
SIDE_BY_SIDE = frozenset({SessionKind.POSTER})
