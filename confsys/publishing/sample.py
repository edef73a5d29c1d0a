"""The proceedings' part of the sample: final versions in every state, and a first volume to build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import StoredFile, receive_path, store
from confsys.core.localized import LocalizedText
from confsys.publishing.checks import look_at
from confsys.publishing.operations import camera_ready, volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.states import FileKind, SubmissionState

if TYPE_CHECKING:
    from confsys.sample import Sample

PREFACE_EN = (
    "These are the papers of this year's annual meeting. Each was read by at least three reviewers who did not know "
    "its authors. We thank them, and everybody who asked a question in the hall."
)
PREFACE_ZH = (
    "本论文集收录了本届年会的录用论文。每篇论文均由至少三位审稿人双盲评审。"
    "谨向各位作者、审稿人以及在会场提问的每一位同行致谢。"
)


def _accepted(story: Sample) -> list[Submission]:
    query = (
        select(Submission)
        .where(Submission.event_id == story.events["annual"].id, Submission.state == SubmissionState.ACCEPTED)
        .options(selectinload(Submission.files).joinedload(PaperFile.file), selectinload(Submission.authors))
        .order_by(Submission.number)
    )
    return [paper for paper in db.session.scalars(query) if any(f.kind is FileKind.MANUSCRIPT for f in paper.files)]


def _final_version(paper: Submission, story: Sample) -> None:
    """The manuscript once more: in an invented story nobody had to revise it."""
    manuscript = next(f for f in reversed(paper.files) if f.kind is FileKind.MANUSCRIPT)
    actor = Actor(paper.created_by_id)
    with store().local(manuscript.file.sha256) as path:
        look = look_at(path, manuscript.file.name)
        stored: StoredFile = receive_path(path, name=manuscript.file.name, actor=actor, at=story.at)
    camera_ready.upload(paper, stored, look, actor=actor, at=story.at)


def tell(story: Sample) -> None:
    """Two thirds of the accepted papers are ready to print, the others wait or are missing."""
    chair = Actor(story.people["chair"].id)
    for n, paper in enumerate(_accepted(story)):
        if n % 6 == 5:
            continue
        _final_version(paper, story)
        if n % 6 == 4:
            continue
        row = camera_ready.sign(
            paper, "CC-BY-4.0", paper.authors[0].name.both, actor=Actor(paper.created_by_id), at=story.at
        )
        if n % 6 < 4:
            camera_ready.approve(row, version=row.version, actor=chair, at=story.at)
    volumes.create_volume(
        story.events["annual"],
        Imprint(
            code="proceedings",
            title=LocalizedText("Proceedings of the Annual Meeting", "学术年会论文集"),
            publisher=LocalizedText("Society Press", "学会出版社"),
            place=LocalizedText("Hangzhou", "杭州"),
            preface=LocalizedText(PREFACE_EN, PREFACE_ZH),
            editors=({"given": "Yun", "family": "Shen", "native": {"family": "沈", "given": "筠"}},),
        ),
        actor=chair,
        at=story.at,
    )
