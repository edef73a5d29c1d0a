"""What a viewer is to one session's discussion. Computed once a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Role
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.states import Moment
from confsys.programme.people import identity, public_key
from confsys.programme.snapshots import Programme, SessionView
from confsys.programme.states import DutyRole

#: Roles that keep order in every session of the event.
KEEPERS = (Role.ORGANISER, Role.CHAIR, Role.PROGRAMME_MANAGER, Role.HELPER)
#: Doors open a little before a session begins, and a code on the screen is good a little after it ends.
EARLY = timedelta(minutes=30)
LATE = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class FloorStanding:
    """``chairs``: chairs this session on the released programme. ``speaks``: talks of it that the viewer gives."""

    event: EventStanding
    options: ExchangeOptions
    starts_at: datetime
    ends_at: datetime
    paused: bool = False
    chairs: bool = False
    speaks: frozenset[int] = field(default_factory=frozenset)

    @property
    def viewer(self) -> Viewer:
        return self.event.viewer

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def keeps_order(self) -> bool:
        return self.chairs or self.event.has(*KEEPERS)

    @property
    def moment(self) -> Moment:
        if self.at < self.starts_at:
            return Moment.BEFORE
        if self.at <= self.ends_at:
            return Moment.ON
        last = self.ends_at + timedelta(days=self.options.days_after)
        return Moment.AFTER if self.at <= last else Moment.CLOSED

    @property
    def doors_open(self) -> bool:
        """Whether being in the room can be recorded now."""
        return self.starts_at - EARLY <= self.at <= self.ends_at + LATE


def key_of(event_id: int, viewer: Viewer) -> str:
    """The viewer's key on the programme of an event; nobody's for a visitor."""
    if viewer.person_id is None:
        return ""
    return public_key(event_id, identity(viewer.person_id, "", viewer.name))


def standing_on(
    event: EventStanding, options: ExchangeOptions, session: SessionView, *, paused: bool = False
) -> FloorStanding:
    """Reads the released programme only: no query."""
    mine = key_of(event.event_id, event.viewer)
    return FloorStanding(
        event=event, options=options, starts_at=session.starts_at, ends_at=session.ends_at, paused=paused,
        chairs=bool(mine) and any(d.person == mine and d.role is DutyRole.CHAIR for d in session.duties),
        speaks=frozenset(_spoken(session, mine)),
    )  # fmt: skip


def _spoken(session: SessionView, mine: str) -> Iterable[int]:
    if not mine:
        return []
    return [talk.id for talk in session.talks if any(part.person == mine and part.presents for part in talk.parts)]


def own_sessions(programme: Programme, viewer: Viewer) -> tuple[list[SessionView], list[int]]:
    """(sessions the viewer chairs, numbers of talks the viewer gives), in order of the programme."""
    mine = key_of(programme.event_id, viewer)
    chaired = [
        session
        for session in programme.sessions
        if any(d.person == mine and d.role is DutyRole.CHAIR for d in session.duties)
    ]
    given = [talk for session in programme.sessions for talk in _spoken(session, mine)]
    return (chaired, given) if mine else ([], [])
