"""The proceedings' part of the sample: final versions in every state, and a first volume to build."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import store
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, enqueue, job
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.publishing.checklist import ITEMS
from confsys.publishing.checks import look_at
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.jobs import build_volume
from confsys.publishing.models import Volume
from confsys.publishing.operations import author_changes, camera_ready, chapters, downloads, notices, proofs, volumes
from confsys.publishing.operations.chapters import Commission
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.queries import volumes as read
from confsys.publishing.record import digest_of
from confsys.publishing.states import NoticeKind
from confsys.submissions.content import AuthorContent, content_of
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.sample import manuscript
from confsys.submissions.states import FileKind, SubmissionState

if TYPE_CHECKING:
    from confsys.sample import Sample
    from proceedings import Pool

REASON = "Most of the new measurements are not by the first author; all of us agreed on this order after the review."
CORRECTION = LocalizedText(
    "In section 2 the number of stations is given as 46. It should read 64; the conclusions are not affected.",
    "第 2 节所述站点数“46”应为“64”，结论不受影响。",
)
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
        papers = _accepted(story)
        # The demo author's first one is left to whoever tries the product as an author.
        left = next((paper for paper in papers if paper.created_by_id == story.people["author"].id), None)
        for n, paper in enumerate(papers):
            if n % 6 < 5 and paper is not left:
                _final_version(paper, story, pool)
                _on_its_way(paper, n, story)
        report = _report(story, pool)
    _volume(story)
    _to_be_published(report, story)


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


#: Chapters of the progress report: (English, Chinese, part in English, part in Chinese).
CHAPTERS = (
    ("Data infrastructure for field sciences", "野外科学的数据基础设施", "Foundations", "基础"),
    ("Uncertainty in operational forecasting", "业务预报中的不确定性", "Foundations", "基础"),
    ("Systems for county hospitals", "县级医院信息系统", "Applications", "应用"),
    ("Open questions for the next five years", "未来五年的开放问题", "Outlook", "展望"),
)


def _report(story: Sample, pool: Pool) -> Volume:
    """A special volume: three chapters written and accepted, one whose author has not answered yet."""
    chair, at = Actor(story.people["chair"].id), story.at
    imprint = Imprint(
        code="progress-report",
        title=LocalizedText("Progress Report on Systems and Data", "系统与数据学科发展报告"),
        publisher=LocalizedText("Society Press", "学会出版社"),
        place=LocalizedText("Beijing", "北京"),
        doi_prefix="10.5555",
        editors=({"given": "Yun", "family": "Shen", "native": {"family": "沈", "given": "筠"}},),
        special=True,
    )
    volume = volumes.create_volume(story.events["annual"], imprint, actor=chair, at=at)
    for n, (title, title_zh, part, part_zh) in enumerate(CHAPTERS):
        writer = story.scholars[60 + n]
        author = AuthorContent(
            name=writer.name, email=writer.emails[0].address, affiliation=writer.affiliations[0].organisation.name
        )
        wanted = Commission(
            LocalizedText(title, title_zh), author, at.date() + timedelta(days=40), LocalizedText(part, part_zh)
        )
        chapter = chapters.commission(volume, wanted, actor=chair, at=at)
        if n < 3:
            paper = chapter.submission
            chapters.answer(chapter, True, actor=Actor(writer.id), at=at)
            _final_version(paper, story, pool)
            _on_its_way(paper, 0, story)
    return volume


JOB = "publishing.sample"


@operation
def _to_be_published(volume: Volume, story: Sample) -> None:
    """Bound a moment after the start, in the background: nobody waits for it at the first start."""
    people = {name: story.people[name].id for name in ("chair", "secretary")}
    enqueue(
        JOB, key=JOB, actor=Actor(people["chair"]), at=story.at, not_before=story.at + timedelta(minutes=1),
        volume_id=volume.id, **people,
    )  # fmt: skip


@job(JOB, _l("Publishing the sample's progress report"))
def publish_report(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Built, signed and published, with a correction beside its first chapter. Safe to run twice."""
    volume = db.session.get_one(Volume, arguments["volume_id"])
    if volume.published_at is not None:
        return {"already": True}
    chair, editor, at = Actor(arguments["chair"]), Actor(arguments["secretary"]), clock.now()
    build = next(iter(read.builds(volume)), None)
    if build is None:
        build = volumes.start_build(volume, frozen_inputs(volume.event, volume), actor=chair, at=at)
    build_volume({"build_id": build.id}, progress)
    if build.sign_off is None:
        volumes.sign_off(build, "沈筠", actor=editor, at=at)
    volumes.publish(volume, build, version=None, actor=chair, at=at)
    first = read.paper_of(volume, 1)
    if first is not None:
        notices.publish(first, NoticeKind.CORRECTION, CORRECTION, actor=editor, at=at)
        for _ in range(7):
            downloads.count(volume.id, first.submission_id, at=at)
    return {"state": "published"}
