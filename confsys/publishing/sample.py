"""The proceedings' part of the sample: final versions in every state, and a first volume to build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import store
from confsys.core.localized import LocalizedText
from confsys.publishing.checklist import ITEMS
from confsys.publishing.checks import look_at
from confsys.publishing.operations import author_changes, camera_ready, proofs, volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.record import digest_of
from confsys.submissions.content import content_of
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.sample import manuscript
from confsys.submissions.states import FileKind, SubmissionState

if TYPE_CHECKING:
    from confsys.sample import Sample
    from proceedings import Pool

REASON = "Most of the new measurements are not by the first author; all of us agreed on this order after the review."
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


def _byline(paper: Submission) -> str:
    """The authors as printed: both scripts, and where they work."""
    lines = []
    for author in paper.authors:
        names = " ".join(filter(None, (author.name.latin, author.name.native)))
        mark, address = ("*", f", {author.email}") if author.is_corresponding else ("", "")
        lines.append(f"{names}{mark}, {author.affiliation.in_('en')}{address}")
    return "\n".join(lines)


def _final_version(paper: Submission, story: Sample, pool: Pool) -> None:
    """The manuscript with its authors' names: in an invented story nobody had to revise it."""
    stored = manuscript(paper, story, _byline(paper))
    with store().local(stored.sha256) as path:
        look = look_at(path, stored.name, pool)
    camera_ready.upload(paper, stored, look, actor=Actor(paper.created_by_id), at=story.at)


def tell(story: Sample) -> None:
    """Most accepted papers are ready to print, the others wait for somebody or are missing; a volume to build."""
    # The engine loads PDF libraries that only those who look at files need.
    from proceedings import Pool  # noqa: PLC0415

    with Pool() as pool:
        for n, paper in enumerate(_accepted(story)):
            if n % 6 < 5:
                _final_version(paper, story, pool)
                _on_its_way(paper, n, story)
    _volume(story)


def _on_its_way(paper: Submission, n: int, story: Sample) -> None:
    """Every sixth paper has only its file, the third lacks a co-author's signature; one wants its authors changed."""
    if n % 6 == 4:
        return
    actor, at = Actor(paper.created_by_id), story.at
    camera_ready.tick(paper, list(ITEMS), actor=actor, at=at)
    row = camera_ready.sign(paper, "CC-BY-4.0", paper.authors[0].name.both, actor=actor, at=at)
    signing = paper.authors[:1] if n == 2 else paper.authors
    for author in signing:
        name = author.name.both
        proofs.sign(row, paper, author, name, seen=digest_of(paper), actor=Actor(author.person_id), at=at)
    camera_ready.approve(row, version=row.version, actor=Actor(story.people["chair"].id), at=at)
    if n == 3:
        first, *others = content_of(paper).authors
        author_changes.ask(paper, paper.title, (*others, first), REASON, actor=actor, at=at)


def _volume(story: Sample) -> None:
    volumes.create_volume(
        story.events["annual"],
        Imprint(
            code="proceedings",
            title=LocalizedText("Proceedings of the Annual Meeting", "学术年会论文集"),
            publisher=LocalizedText("Society Press", "学会出版社"),
            place=LocalizedText("Hangzhou", "杭州"),
            doi_prefix="10.5555",
            preface=LocalizedText(PREFACE_EN, PREFACE_ZH),
            editors=({"given": "Yun", "family": "Shen", "native": {"family": "沈", "given": "筠"}},),
        ),
        actor=Actor(story.people["chair"].id),
        at=story.at,
    )
