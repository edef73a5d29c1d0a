"""What was said about printed papers."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.publishing.models import Notice, Volume, VolumeBuild, VolumePaper
from confsys.publishing.states import NoticeKind, VolumeState

#: (name of the notice, what stands on the paper, tone)
WORDS: dict[NoticeKind, tuple[Lazy, Lazy, str]] = {
    NoticeKind.CORRECTION: (_l("Correction"), _l("corrected"), "open"),
    NoticeKind.ERRATUM: (_l("Erratum"), _l("erratum"), "open"),
    NoticeKind.CONCERN: (_l("Expression of concern"), _l("under examination"), "waiting"),
    NoticeKind.RETRACTION: (_l("Retraction"), _l("retracted"), "wrong"),
}


def of_paper(volume_id: int, submission_id: int) -> list[Notice]:
    """Newest first."""
    query = select(Notice).where(Notice.volume_id == volume_id, Notice.submission_id == submission_id)
    return list(db.session.scalars(query.order_by(Notice.number.desc())))


def of_volumes(volume_ids: Collection[int]) -> dict[tuple[int, int], list[Notice]]:
    """{(volume id, submission id): notices, newest first}: for lists of papers, one query."""
    found: dict[tuple[int, int], list[Notice]] = {}
    query = select(Notice).where(Notice.volume_id.in_(set(volume_ids))).order_by(Notice.number.desc())
    for notice in db.session.scalars(query) if volume_ids else ():
        found.setdefault((notice.volume_id, notice.submission_id), []).append(notice)
    return found


def labels(notices: list[Notice]) -> list[NoticeKind]:
    """What stands on the paper: each kind once, the gravest first."""
    gravest = [NoticeKind.RETRACTION, NoticeKind.CONCERN, NoticeKind.ERRATUM, NoticeKind.CORRECTION]
    kinds = {notice.kind for notice in notices}
    return [kind for kind in gravest if kind in kinds]


def by_number(volume: Volume, number: int) -> tuple[Notice, VolumePaper] | None:
    """A notice and the paper it is about, as printed in the public build."""
    query = (
        select(Notice, VolumePaper)
        .join(VolumeBuild, VolumeBuild.volume_id == Notice.volume_id)
        .join(
            VolumePaper,
            (VolumePaper.build_id == VolumeBuild.id) & (VolumePaper.submission_id == Notice.submission_id),
        )
        .where(Notice.volume_id == volume.id, Notice.number == number, VolumeBuild.is_public)
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def latest(most: int) -> list[tuple[Notice, VolumePaper]]:
    """The newest notices of all volumes, for the feed."""
    query = (
        select(Notice, VolumePaper)
        .join(Volume, Volume.id == Notice.volume_id)
        .join(VolumeBuild, VolumeBuild.volume_id == Volume.id)
        .join(
            VolumePaper,
            (VolumePaper.build_id == VolumeBuild.id) & (VolumePaper.submission_id == Notice.submission_id),
        )
        .where(VolumeBuild.is_public, Volume.state == VolumeState.PUBLISHED)
        .options(joinedload(Notice.volume).joinedload(Volume.event))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
        .limit(most)
    )
    return [(notice, paper) for notice, paper in db.session.execute(query).all()]
