"""What a viewer is to the society. Computed once a request; every rule of the room reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

from confsys.accounts.states import SiteRole
from confsys.core.viewer import Viewer
from confsys.members.states import CaseState, MembershipState, SuggestionState


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """``state`` is None for somebody who never was a member. ``bodies``: those in which the viewer holds an office."""

    viewer: Viewer
    state: MembershipState | None = None
    has_application: bool = False
    bodies: frozenset[int] = field(default_factory=frozenset)

    @property
    def counts(self) -> bool:
        """A member today: in a paid term or in its grace."""
        return self.state in {MembershipState.CURRENT, MembershipState.GRACE}

    @property
    def is_office(self) -> bool:
        """The membership office: the society's secretaries."""
        return self.viewer.complete and SiteRole.SECRETARY in self.viewer.site_roles


@dataclass(frozen=True, slots=True)
class SuggestionStanding:
    """What a viewer is to one suggestion. ``answers``: holds an office in the body it was handed to."""

    member: MemberStanding
    state: SuggestionState
    is_filer: bool = False
    answers: bool = False
    is_public: bool = False
    rated: bool = False


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """What a viewer is to one case of integrity. An officer who is a party to it is only that."""

    viewer: Viewer
    state: CaseState
    is_complainant: bool = False
    is_respondent: bool = False
    is_panelist: bool = False
    reply_open: bool = False
    appeal_open: bool = False
    has_panel: bool = False
    dismissed: bool = False

    @property
    def is_party(self) -> bool:
        return self.is_complainant or self.is_respondent

    @property
    def is_officer(self) -> bool:
        return is_integrity_officer(self.viewer) and not self.is_party

    @property
    def told(self) -> bool:
        """Whether the respondent knows of the case: never of one that was screened out."""
        return self.is_respondent and self.state is not CaseState.FILED and not self.dismissed


def is_integrity_officer(viewer: Viewer) -> bool:
    return viewer.complete and SiteRole.INTEGRITY in viewer.site_roles
