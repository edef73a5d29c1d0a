"""What a viewer is to one award. Computed once; every rule reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from confsys.awards.states import AwardState, Source
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Role


def is_office(viewer: Viewer) -> bool:
    """Who keeps the society's awards: its secretaries."""
    return "secretary" in viewer.site_roles and viewer.complete


def keeps(viewer: Viewer, event: EventStanding | None) -> bool:
    """Who keeps the awards of an event (its organisers and chairs), or of the society."""
    return event.has(Role.ORGANISER, Role.CHAIR) if event is not None else is_office(viewer)


@dataclass(frozen=True, slots=True)
class AwardStanding:
    """``is_candidate``: nominated, or an author of a nominated paper. A candidate of the committee is only that."""

    viewer: Viewer
    state: AwardState
    sources: frozenset[Source]
    at: datetime
    nominate_until: datetime | None = None
    judge_until: datetime | None = None
    keeps: bool = False
    is_candidate: bool = False
    is_juror: bool = False
    is_member: bool = False

    @property
    def is_committee(self) -> bool:
        return self.keeps and not self.is_candidate
