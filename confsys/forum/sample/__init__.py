"""The forum's part of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confsys.core.operation import operation
from confsys.forum.sample.gatherings import tell_gatherings
from confsys.forum.sample.needs import tell_needs
from confsys.forum.sample.topics import tell_topics

if TYPE_CHECKING:
    from confsys.sample import Sample


@operation
def tell(story: Sample) -> None:
    """Topics with votes; a salon that waits for its evening and one with published minutes; a round table; needs."""
    tell_topics(story)
    tell_gatherings(story)
    tell_needs(story)
