"""Accepted papers with real files, for tests of publishing."""

from __future__ import annotations

from pathlib import Path

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.files import receive_path
from confsys.events.models import Event
from confsys.publishing.checks import look_at
from confsys.publishing.models import CameraReady
from confsys.publishing.operations import camera_ready
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.shared import shared


def pdf(name: str = "jcon.00098") -> Path:
    return shared(f"data/conferences/papers/pdf/{name}.pdf")


def upload(paper: Submission, path: Path) -> CameraReady:
    actor = Actor(paper.authors[0].person_id)
    look = look_at(path, path.name)
    stored = receive_path(path, name=path.name, actor=actor, at=clock.now())
    return camera_ready.upload(paper, stored, look, actor=actor, at=clock.now())


def ready(event: Event, name: str = "jcon.00098", **columns: object) -> Submission:
    """An accepted paper whose final version is uploaded, signed and approved."""
    paper = factories.submission(event, state=SubmissionState.ACCEPTED, **columns)
    upload(paper, pdf(name))
    actor = Actor(paper.authors[0].person_id)
    row = camera_ready.sign(paper, "CC-BY-4.0", "Wei Zhang", actor=actor, at=clock.now())
    camera_ready.approve(row, version=row.version, actor=actor, at=clock.now())
    return paper
