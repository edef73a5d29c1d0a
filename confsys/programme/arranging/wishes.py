"""What an organiser asks of the engine, as it is kept with the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from confsys.programme.states import SessionKind

#: Kinds that may move unless somebody says otherwise: keynotes and breaks are what a day hangs on.
USUAL_KINDS = frozenset({SessionKind.ORAL, SessionKind.POSTER, SessionKind.PANEL, SessionKind.SALON})
#: Rules of the engine that an organiser weighs, and what they begin with.
WEIGHED = {"seats": "strong", "track_parallel": "strong", "track_rooms": "nice", "remote_hours": "nice"}
SECONDS = (10, 30, 60, 180, 600)


@dataclass(frozen=True, slots=True)
class Wishes:
    """``days`` and ``tracks`` empty: all. ``opens`` and ``closes`` are minutes since midnight."""

    days: tuple[date, ...] = ()
    tracks: tuple[int, ...] = ()
    kinds: frozenset[SessionKind] = USUAL_KINDS
    #: Only what waits in the tray moves; everything that has a place keeps it.
    waiting_only: bool = False
    #: What finds no place stays in the tray; otherwise the engine says why it is impossible.
    leave_out: bool = False
    opens: int = 9 * 60
    closes: int = 18 * 60
    seconds: int = 60
    seed: int = 0
    levels: Mapping[str, str] = field(default_factory=lambda: dict(WEIGHED))

    def as_dict(self) -> dict[str, Any]:
        return {
            "days": [day.isoformat() for day in self.days], "tracks": list(self.tracks),
            "kinds": sorted(kind.value for kind in self.kinds), "waiting_only": self.waiting_only,
            "leave_out": self.leave_out, "opens": self.opens, "closes": self.closes, "seconds": self.seconds,
            "seed": self.seed, "levels": dict(self.levels),
        }  # fmt: skip

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Wishes:
        return cls(
            days=tuple(date.fromisoformat(day) for day in data["days"]), tracks=tuple(data["tracks"]),
            kinds=frozenset(SessionKind(kind) for kind in data["kinds"]), waiting_only=data["waiting_only"],
            leave_out=data["leave_out"], opens=data["opens"], closes=data["closes"], seconds=data["seconds"],
            seed=data["seed"], levels=dict(data["levels"]),
        )  # fmt: skip
