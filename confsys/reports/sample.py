"""Both reports, asked for like everything else and made before the sample is looked at.

The annual meeting may lie in the next year: then there are two years to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from confsys.core.actor import Actor
from confsys.reports.operations import reports

if TYPE_CHECKING:
    from confsys.sample import Sample


def tell(story: Sample) -> None:
    annual = story.events["annual"]
    secretary = Actor(story.people["secretary"].id)
    for year in sorted({story.at.year, annual.starts_on.year if annual.starts_on else story.at.year}):
        reports.ask_year(year, actor=secretary, at=story.at)
    reports.ask_exchange(annual, actor=Actor(story.people["organiser"].id), at=story.at)
