"""What a viewer is to a submission."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Role
from confsys.submissions.states import SubmissionState

#: Roles that look after papers: they see who wrote them. Reviews are another matter.
PAPER_STAFF = (Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR, Role.PUBLICATION_CHAIR)


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """``is_author``: named on the paper with an address of the viewer. ``is_contact``: may also edit it.

    ``conflicted``: an active conflict, or an author. Whatever other role the viewer has, to this paper they are a
    stranger.
    """

    event: EventStanding
    submission_id: int
    state: SubmissionState
    track_id: int | None
    is_author: bool = False
    is_contact: bool = False
    conflicted: bool = False

    @property
    def viewer(self) -> Viewer:
        return self.event.viewer

    @property
    def is_paper_staff(self) -> bool:
        """Staff for this very paper: conflicts and track limits taken into account."""
        if self.conflicted or not self.event.has(*PAPER_STAFF):
            return False
        if self.event.has(Role.ORGANISER, Role.CHAIR, Role.PUBLICATION_CHAIR):
            return True
        return not self.event.tracks or self.track_id in self.event.tracks

    @property
    def is_deciding(self) -> bool:
        """Chair or track chair of this paper, without a conflict: sees reviews and decides."""
        if self.conflicted:
            return False
        if self.event.has(Role.CHAIR):
            return True
        return self.event.has(Role.TRACK_CHAIR) and (not self.event.tracks or self.track_id in self.event.tracks)
