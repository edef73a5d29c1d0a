"""Notices: what is said about a published paper, beside it and never over it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import lock, operation
from confsys.publishing.mails import tell_contacts
from confsys.publishing.models import Notice, VolumePaper
from confsys.publishing.states import NoticeKind
from confsys.submissions.models import Submission


@operation
def publish(paper: VolumePaper, kind: NoticeKind, text: LocalizedText, *, actor: Actor, at: datetime) -> Notice:
    """Publish a notice about a paper of the public build. It cannot be changed or taken back, only followed."""
    volume = paper.build.volume
    lock(volume)
    if not paper.build.is_public:
        raise Invalid(_l("Notices are about published papers."))
    if not (text.en.strip() and text.zh.strip()):
        raise Invalid(text_en=_l("Please write the notice in both languages: readers of both find it."))
    last = select(func.coalesce(func.max(Notice.number), 0)).where(Notice.volume_id == volume.id)
    number = (db.session.scalar(last) or 0) + 1
    notice = Notice(
        volume_id=volume.id, submission_id=paper.submission_id, number=number, kind=kind,
        text=LocalizedText(text.en.strip(), text.zh.strip()), published_at=at, published_by_id=actor.person_id,
        doi=f"{volume.doi_prefix}/{volume.code}.notice{number}" if volume.doi_prefix else "",
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    printed = db.session.get_one(Submission, paper.submission_id)
    record(
        f"notice.{kind.value}", notice, actor=actor, at=at, changes={}, event_id=volume.event_id, number=printed.number,
        code=volume.code,
    )  # fmt: skip
    tell_contacts(
        "publishing/mail/notice.txt", printed, key=f"notice:{notice.id}", at=at, notice=notice, volume=volume,
        position=paper.position,
    )  # fmt: skip
    return notice
