"""On an author's page of an accepted paper: make it a talk for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from confsys.core.viewer import Viewer
from confsys.outreach.queries import activities
from confsys.outreach.words import ACTIVITY_STATES
from confsys.submissions.contributions import Addition, Part
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState


def for_authors(_viewer: Viewer, papers: Sequence[Submission], _at: datetime) -> Mapping[int, Addition]:
    """One query for all papers on the page."""
    accepted = [paper for paper in papers if paper.state is SubmissionState.ACCEPTED]
    talks = activities.of_papers([paper.id for paper in accepted])
    return {
        paper.id: Addition(
            parts=[
                Part(
                    "outreach",
                    "outreach/paper_part.html",
                    {"paper": paper, "slug": paper.event.slug, "talk": talks.get(paper.id), "states": ACTIVITY_STATES},
                    order=80,
                )
            ]
        )
        for paper in accepted
    }
