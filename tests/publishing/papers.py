"""Accepted papers with real files, for tests of publishing."""

from __future__ import annotations

from pathlib import Path

from confsys.core import clock
from confsys.core.actor import SYSTEM, Actor
from confsys.core.files import receive_path
from confsys.events.models import Event
from confsys.publishing.checklist import ITEMS
from confsys.publishing.checks import look_at
from confsys.publishing.models import CameraReady, Volume, VolumeBuild
from confsys.publishing.operations import camera_ready, proofs, volumes
from confsys.publishing.record import digest_of
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


def sign_all(paper: Submission) -> CameraReady:
    """Everything that authors do after the upload: ticks, licence, proofs."""
    actor, at = Actor(paper.authors[0].person_id), clock.now()
    camera_ready.tick(paper, list(ITEMS), actor=actor, at=at)
    row = camera_ready.sign(paper, "CC-BY-4.0", "Wei Zhang", actor=actor, at=at)
    for author in paper.authors:
        proofs.sign(row, paper, author, author.name.latin, seen=digest_of(paper), actor=Actor(author.person_id), at=at)
    return row


def published(volume: Volume, build: VolumeBuild) -> None:
    """The editor-in-chief signs a build, and the publication chair publishes it."""
    volumes.sign_off(build, "Shen Yun", actor=Actor(factories.person().id), at=clock.now())
    volumes.publish(volume, build, version=None, actor=SYSTEM, at=clock.now())


def ready(event: Event, name: str = "jcon.00098", **columns: object) -> Submission:
    """An accepted paper whose final version is uploaded, signed by its authors and approved."""
    paper = factories.submission(event, state=SubmissionState.ACCEPTED, **columns)
    upload(paper, pdf(name))
    row = sign_all(paper)
    camera_ready.approve(row, version=row.version, actor=Actor(paper.authors[0].person_id), at=clock.now())
    return paper
