"""The rules an event sets for its peer review; kept in ``Event.options["reviewing"]``."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from confsys.events.models import Event

KEY = "reviewing"


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """``coverage``: reviews a paper is to get. ``load``: most papers of a reviewer who named no other number.

    ``share_reviews``: reviewers read the other reviews of a paper once their own is submitted.
    """

    coverage: int = 3
    load: int = 6
    share_reviews: bool = True

    @classmethod
    def of(cls, event: Event) -> ReviewOptions:
        """What the event says, and the defaults for what it does not say."""
        kept: dict[str, Any] = event.options.get(KEY, {})
        return cls(**{f.name: kept[f.name] for f in fields(cls) if f.name in kept})

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
