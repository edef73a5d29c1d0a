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


class DutyRole(enum.StrEnum):
    """What somebody does in a session without giving a talk."""

    CHAIR = "chair"
    PANELLIST = "panellist"


class DutyState(enum.StrEnum):
    """``proposed``: the organisers pencilled the person in; nobody has been asked yet."""

    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


D = DutyState
DUTY_TRANSITIONS: dict[DutyState, frozenset[DutyState]] = {
    D.PROPOSED: frozenset({D.ASKED, D.ACCEPTED}),
    D.ASKED: frozenset({D.ACCEPTED, D.DECLINED}),
    D.ACCEPTED: frozenset({D.DECLINED}),
    D.DECLINED: frozenset({D.ASKED, D.ACCEPTED}),
}


class ClashKind(enum.StrEnum):
    """What can be wrong with a place in the timetable."""

    PERSON = "person"  # somebody speaks, chairs or sits on a panel in two places at once
    COAUTHOR = "coauthor"  # a co-author who does not present would have to be elsewhere
    ROOM = "room"  # two sessions in a room that holds one
    OUTSIDE = "outside"  # before the first or after the last day of the event
    ROOM_CLOSED = "room_closed"  # outside the hours the room is open
    AWAY = "away"  # somebody has said they cannot be there then
    CAPACITY = "capacity"  # more people expected than the room seats
    OVERFULL = "overfull"  # the talks last longer than the session
    PLENARY = "plenary"  # beside something that is for everybody
    TRACK = "track"  # two sessions of one track at once


class Severity(enum.StrEnum):
    """What a clash does. From nothing at all to refusing the move that would cause it."""

    IGNORE = "ignore"
    WARN = "warn"
    BLOCK_RELEASE = "block_release"
    BLOCK_MOVE = "block_move"


#: What an event begins with; organisers change it.
DEFAULT_SEVERITIES: dict[ClashKind, Severity] = {
    ClashKind.PERSON: Severity.BLOCK_RELEASE,
    ClashKind.COAUTHOR: Severity.WARN,
    ClashKind.ROOM: Severity.BLOCK_RELEASE,
    ClashKind.OUTSIDE: Severity.BLOCK_RELEASE,
    ClashKind.ROOM_CLOSED: Severity.WARN,
    ClashKind.AWAY: Severity.WARN,
    ClashKind.CAPACITY: Severity.WARN,
    ClashKind.OVERFULL: Severity.BLOCK_RELEASE,
    ClashKind.PLENARY: Severity.WARN,
    ClashKind.TRACK: Severity.IGNORE,
}
