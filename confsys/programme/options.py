"""The rules an event sets for its programme; kept in ``Event.options["programme"]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from confsys.events.models import Event
from confsys.programme.states import DEFAULT_SEVERITIES, ClashKind, SessionKind, Severity

KEY = "programme"
#: Minutes a talk gets when its paper comes onto the programme, by how it is presented.
TALK_MINUTES = {SessionKind.ORAL: 20, SessionKind.POSTER: 5, SessionKind.SALON: 15}


@dataclass(frozen=True, slots=True)
class ProgrammeOptions:
    severities: Mapping[ClashKind, Severity] = field(default_factory=lambda: dict(DEFAULT_SEVERITIES))
    talk_minutes: Mapping[SessionKind, int] = field(default_factory=lambda: dict(TALK_MINUTES))
    #: Minutes between two buildings, under their names in order.
    walking: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Event) -> ProgrammeOptions:
        """What the event says, and the defaults for what it does not say."""
        kept: dict[str, Any] = event.options.get(KEY, {})
        severities = dict(DEFAULT_SEVERITIES)
        severities.update({ClashKind(kind): Severity(value) for kind, value in kept.get("severities", {}).items()})
        minutes = dict(TALK_MINUTES)
        minutes.update({SessionKind(kind): int(value) for kind, value in kept.get("talk_minutes", {}).items()})
        walking = {(one, other): int(value) for one, other, value in kept.get("walking", [])}
        return cls(severities, minutes, walking)

    def as_dict(self) -> dict[str, Any]:
        return {
            "severities": {kind.value: severity.value for kind, severity in self.severities.items()},
            "talk_minutes": {kind.value: minutes for kind, minutes in self.talk_minutes.items()},
            "walking": [[*pair, minutes] for pair, minutes in sorted(self.walking.items())],
        }

    def walk(self, one: str, other: str) -> int:
        """Minutes from one building to another; none within a building, or where nobody has said."""
        return self.walking.get((one, other) if one < other else (other, one), 0) if one != other else 0

    @property
    def blocks_moves(self) -> bool:
        return Severity.BLOCK_MOVE in self.severities.values()

    def minutes_of(self, kind: SessionKind) -> int:
        return self.talk_minutes.get(kind, TALK_MINUTES[SessionKind.ORAL])
