"""What a viewer is to an event. Computed once a request; every rule of the event reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from confsys.core.stages import Phase, Window
from confsys.core.viewer import Viewer
from confsys.events.states import Blindness, EventState, Feature, Role, StageKind

#: Roles that run the event: they see its working pages.
STAFF = frozenset(
    {
        Role.ORGANISER,
        Role.CHAIR,
        Role.TRACK_CHAIR,
        Role.PROGRAMME_MANAGER,
        Role.PUBLICATION_CHAIR,
        Role.EDITOR,
        Role.TREASURER,
    }
)
_NOTHING = Window()


@dataclass(frozen=True, slots=True)
class EventStanding:
    """``roles`` are the viewer's active roles. ``tracks`` are the tracks a track chair chairs."""

    viewer: Viewer
    event_id: int
    state: EventState
    features: frozenset[str]
    blindness: Blindness
    windows: Mapping[StageKind, Window]
    at: datetime
    roles: frozenset[Role] = frozenset()
    tracks: frozenset[int] = field(default_factory=frozenset)
    #: What a sanction of the society forbids the viewer at present.
    bars_submitting: bool = False
    bars_reviewing: bool = False

    def has(self, *roles: Role) -> bool:
        return self.viewer.complete and not self.roles.isdisjoint(roles)

    @property
    def is_organiser(self) -> bool:
        return self.has(Role.ORGANISER)

    @property
    def is_chair(self) -> bool:
        return self.has(Role.CHAIR)

    @property
    def is_staff(self) -> bool:
        return self.has(*STAFF)

    @property
    def is_reviewer(self) -> bool:
        return self.has(Role.REVIEWER)

    def on(self, feature: Feature) -> bool:
        return feature.value in self.features

    def window(self, kind: StageKind) -> Window:
        return self.windows.get(kind, _NOTHING)

    def phase(self, kind: StageKind) -> Phase:
        """UNSET when the event has no such stage: then nothing bars by time and nothing opens by it either."""
        return self.windows[kind].phase(self.at) if kind in self.windows else Phase.UNSET

    def accepts(self, kind: StageKind) -> bool:
        """Whether a write of this stage passes now (grace included)."""
        return kind in self.windows and self.windows[kind].accepts(self.at)
