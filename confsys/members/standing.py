"""What a viewer is to the society. Computed once a request; every rule of the room reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

from confsys.accounts.states import SiteRole
from confsys.core.viewer import Viewer
from confsys.members.states import MembershipState


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
