"""Commissioning: a chapter is asked for, agreed to or declined; from then on it is a final version like any other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import lock, operation
from confsys.publishing.mails import tell_contacts
from confsys.publishing.models import Chapter, Volume
from confsys.publishing.states import CHAPTER_TRANSITIONS, ChapterState
from confsys.submissions.content import AuthorContent
from confsys.submissions.models import Author, Submission
from confsys.submissions.operations.numbers import next_numbers
from confsys.submissions.operations.writing import fill, index, people_behind
from confsys.submissions.states import CHAPTER, SubmissionState


@dataclass(frozen=True, slots=True)
class Commission:
    """What is asked of whom, and until when."""

    title: LocalizedText
    author: AuthorContent
    due_on: date
    part: LocalizedText = LocalizedText()


@operation
def commission(volume: Volume, wanted: Commission, *, actor: Actor, at: datetime) -> Chapter:
    """Invite somebody to write a chapter of a special volume; the mail says what, until when and where to answer."""
    lock(volume)
    if not volume.special:
        raise Invalid(_l("Chapters are commissioned for special volumes."))
    if not wanted.title:
        raise Invalid(title_en=_l("Please give the chapter a title; its author can ask for another."))
    if not wanted.author.name or not wanted.author.email:
        raise Invalid(email=_l("Please give name and address of the author."))
    if wanted.due_on <= at.date():
        raise Invalid(due_on=_l("This day has passed."))
    paper = Submission(
        event_id=volume.event_id, number=next_numbers(volume.event_id)[0], state=SubmissionState.ACCEPTED,
        presentation=CHAPTER, title=wanted.title, keywords={}, answers={}, declared_conflicts=[], created_at=at,
        submitted_at=at, outcome_at=at, created_by_id=actor.person_id,
    )  # fmt: skip
    author = Author(position=0, person_id=people_behind([wanted.author.email]).get(wanted.author.email))
    fill(author, wanted.author)
    author.is_contact = author.is_corresponding = True
    paper.authors.append(author)
    db.session.add(paper)
    db.session.flush()
    index(paper)
    last = select(func.coalesce(func.max(Chapter.position), 0)).where(Chapter.volume_id == volume.id)
    chapter = Chapter(
        volume_id=volume.id, submission_id=paper.id, part=wanted.part, position=(db.session.scalar(last) or 0) + 1,
        due_on=wanted.due_on, invited_at=at,
    )  # fmt: skip
    db.session.add(chapter)
    db.session.flush()
    record(
        "chapter.commission", chapter, actor=actor, at=at, changes={}, event_id=volume.event_id, number=paper.number,
        code=volume.code,
    )  # fmt: skip
    tell_contacts(
        "publishing/mail/chapter.txt", paper, key=f"chapter:{chapter.id}", at=at, chapter=chapter, volume=volume
    )
    return chapter


@operation
def answer(chapter: Chapter, agreed: bool, *, actor: Actor, at: datetime) -> None:
    """The author's yes or no. A no, also a later one, takes the chapter out of the volume."""
    lock(chapter)
    to = ChapterState.AGREED if agreed else ChapterState.DECLINED
    if to not in CHAPTER_TRANSITIONS.get(chapter.state, frozenset()):
        raise Invalid(_l("This invitation was answered already."))
    chapter.state, chapter.answered_at = to, at
    paper = chapter.submission
    record(f"chapter.{to.value}", chapter, actor=actor, at=at, changes={}, event_id=paper.event_id, number=paper.number)
