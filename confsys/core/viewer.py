"""Who looks at a page. Known once a request; everything that depends on the reader takes it as an argument."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import g

from confsys.core.actor import Actor
from confsys.core.names import PersonName


@dataclass(frozen=True, slots=True)
class Viewer:
    """``person_id`` is None for a visitor. ``site_roles`` are roles in the society, not in an event."""

    person_id: int | None = None
    name: PersonName = field(default_factory=PersonName)
    email: str = ""
    locale: str = "en"
    zone: str = "UTC"
    site_roles: frozenset[str] = frozenset()
    #: False while a required second factor has not been given.
    complete: bool = True

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def is_admin(self) -> bool:
        return "admin" in self.site_roles and self.complete

    @property
    def initials(self) -> str:
        return self.name.initials

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id)


ANONYMOUS = Viewer()


def current_viewer() -> Viewer:
    """The viewer of the running request; set by ``accounts`` before any page."""
    found: Viewer = g.get("viewer", ANONYMOUS)
    return found
