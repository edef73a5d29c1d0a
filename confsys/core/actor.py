"""Who acts: a person, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """``person_id`` is None for the system (a scheduled job, an import from the command line)."""

    person_id: int | None = None
    on_behalf_of_id: int | None = None

    @property
    def is_system(self) -> bool:
        return self.person_id is None


SYSTEM = Actor()
