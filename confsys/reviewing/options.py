"""The rules an event sets for its peer review."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.events.models import Event
from confsys.events.options import declare, options_of


@declare("reviewing")
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
        return options_of(event, ReviewOptions)
