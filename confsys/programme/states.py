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


class TalkState(enum.StrEnum):
    """Whether those who give a talk have said that they come. Only a confirmed talk is published."""

    OPEN = "open"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


T = TalkState
TALK_TRANSITIONS: dict[TalkState, frozenset[TalkState]] = {
    T.OPEN: frozenset({T.ASKED, T.CONFIRMED, T.DECLINED}),
    T.ASKED: frozenset({T.CONFIRMED, T.DECLINED}),
    T.CONFIRMED: frozenset({T.DECLINED}),
    T.DECLINED: frozenset({T.ASKED, T.CONFIRMED}),
}


class PlanKind(enum.StrEnum):
    COPY = "copy"  # tried out by hand
    SOLVE = "solve"  # arranged by the engine
    REPAIR = "repair"  # mended by the engine with as few moves as possible


class PlanState(enum.StrEnum):
    WORKING = "working"
    READY = "ready"
    IMPOSSIBLE = "impossible"  # the rules cannot all hold
    EMPTY = "empty"  # the time ran out before anything was found
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


P = PlanState
PLAN_TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    P.WORKING: frozenset({P.READY, P.IMPOSSIBLE, P.EMPTY, P.DISCARDED}),
    P.READY: frozenset({P.ACCEPTED, P.DISCARDED}),
    P.IMPOSSIBLE: frozenset({P.DISCARDED}),
    P.EMPTY: frozenset({P.DISCARDED}),
    P.ACCEPTED: frozenset(),
    P.DISCARDED: frozenset(),
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
    EQUIPMENT = "equipment"  # a speaker needs what the room does not have
    WALK = "walk"  # too little time to get from one building to another
    ORDER = "order"  # a part begins before the one it follows has ended
    REMOTE = "remote"  # in the middle of the night for somebody who takes part from elsewhere


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
    ClashKind.EQUIPMENT: Severity.WARN,
    ClashKind.WALK: Severity.WARN,
    ClashKind.ORDER: Severity.BLOCK_RELEASE,
    ClashKind.REMOTE: Severity.WARN,
}
