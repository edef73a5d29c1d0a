"""Volumes and what their builds printed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.core.listing import PAGE_SIZE, like
from confsys.core.names import folded
from confsys.core.viewer import Viewer
from confsys.events.models import Event, RoleGrant
from confsys.events.standing import EventStanding
from confsys.events.states import GrantState, Role
from confsys.publishing.models import Artefact, Notice, SignOff, Volume, VolumeBuild, VolumePaper
from confsys.publishing.rules import may_see_builds
from confsys.publishing.states import ArtefactKind, BuildState, VolumeState


def of_event(standing: EventStanding) -> list[Volume]:
    """The volumes of an event that the viewer may read."""
    query = select(Volume).where(Volume.event_id == standing.event_id).order_by(Volume.id)
    if not may_see_builds(standing):
        query = query.where(Volume.state == VolumeState.PUBLISHED)
    return list(db.session.scalars(query))


def has_published(event_id: int) -> bool:
    """Whether the public finds a volume of this event."""
    query = select(Volume.id).where(Volume.event_id == event_id, Volume.state == VolumeState.PUBLISHED)
    return db.session.scalar(query.limit(1)) is not None


def by_code(event_id: int, code: str) -> Volume | None:
    return db.session.scalar(select(Volume).where(Volume.event_id == event_id, Volume.code == code))


def builds(volume: Volume) -> list[VolumeBuild]:
    """Builds of a volume, newest first."""
    query = select(VolumeBuild).where(VolumeBuild.volume_id == volume.id).order_by(VolumeBuild.number.desc())
    loading = selectinload(VolumeBuild.artefacts).joinedload(Artefact.file), joinedload(VolumeBuild.sign_off)
    return list(db.session.scalars(query.options(*loading)))


def builds_with_papers(volume: Volume, numbers: Collection[int]) -> list[VolumeBuild]:
    """Verified builds by their numbers, with what they printed."""
    query = select(VolumeBuild).where(
        VolumeBuild.volume_id == volume.id, VolumeBuild.number.in_(numbers), VolumeBuild.state == BuildState.VERIFIED
    )
    return list(db.session.scalars(query.options(selectinload(VolumeBuild.papers))))


def to_sign(viewer: Viewer) -> list[VolumeBuild]:
    """The newest verified build of each volume whose editor-in-chief the viewer is, unless it is signed."""
    newest = (
        select(func.max(VolumeBuild.id)).where(VolumeBuild.state == BuildState.VERIFIED).group_by(VolumeBuild.volume_id)
    )
    query = (
        select(VolumeBuild)
        .join(Volume, Volume.id == VolumeBuild.volume_id)
        .join(RoleGrant, RoleGrant.event_id == Volume.event_id)
        .outerjoin(SignOff, SignOff.build_id == VolumeBuild.id)
        .where(
            RoleGrant.person_id == viewer.person_id, RoleGrant.role == Role.EDITOR,
            RoleGrant.state == GrantState.ACTIVE, SignOff.id.is_(None), VolumeBuild.id.in_(newest),
        )
        .options(joinedload(VolumeBuild.volume).joinedload(Volume.event))
        .order_by(VolumeBuild.id)
    )  # fmt: skip
    return list(db.session.scalars(query))


def public_build(volume: Volume) -> VolumeBuild | None:
    """The build that the public reads, with its papers and files."""
    query = select(VolumeBuild).where(VolumeBuild.volume_id == volume.id, VolumeBuild.is_public)
    loading = selectinload(VolumeBuild.papers), selectinload(VolumeBuild.artefacts).joinedload(Artefact.file)
    return db.session.scalar(query.options(*loading))


def paper_of(volume: Volume, position: int) -> VolumePaper | None:
    """A paper of the public build, by its place in the volume."""
    query = (
        select(VolumePaper)
        .join(VolumeBuild, VolumeBuild.id == VolumePaper.build_id)
        .where(VolumeBuild.volume_id == volume.id, VolumeBuild.is_public, VolumePaper.position == position)
    )
    return db.session.scalar(query)


def artefact(build_id: int, name: str) -> Artefact | None:
    query = select(Artefact).where(Artefact.build_id == build_id, Artefact.name == name)
    return db.session.scalar(query.options(joinedload(Artefact.file)))


def paper_file(paper: VolumePaper) -> Artefact | None:
    """The stamped PDF of a printed paper."""
    kind = ArtefactKind.PAPER_PDF
    query = select(Artefact).where(Artefact.volume_paper_id == paper.id, Artefact.kind == kind)
    return db.session.scalar(query.options(joinedload(Artefact.file)))


def published() -> list[Volume]:
    """All volumes the society has published, newest first."""
    query = select(Volume).where(Volume.state == VolumeState.PUBLISHED).order_by(Volume.published_at.desc(), Volume.id)
    return list(db.session.scalars(query.options(joinedload(Volume.event))))


def found(words: str, page: int = 1) -> tuple[list[VolumePaper], int]:
    """Papers of published volumes that hold every word, newest volume first, and how many there are in all."""
    wanted = folded(words).split()
    if not wanted:
        return [], 0
    query = _of_public_builds(select(VolumePaper))
    for word in wanted:
        query = query.where(VolumePaper.search_text.like(like(word), escape="\\"))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    query = query.order_by(Volume.published_at.desc(), VolumePaper.build_id, VolumePaper.position)
    loading = joinedload(VolumePaper.build).joinedload(VolumeBuild.volume).joinedload(Volume.event)
    window = query.options(loading).limit(PAGE_SIZE).offset((max(page, 1) - 1) * PAGE_SIZE)
    return list(db.session.scalars(window)), total


def _of_public_builds(query: Select[VolumePaper]) -> Select[VolumePaper]:
    return (
        query.join(VolumeBuild, VolumeBuild.id == VolumePaper.build_id)
        .join(Volume, Volume.id == VolumeBuild.volume_id)
        .where(VolumeBuild.is_public, Volume.state == VolumeState.PUBLISHED)
    )


def public_papers() -> list[tuple[Event, Volume, int]]:
    """(event, volume, place in the volume) of every paper that the public can read."""
    query = (
        select(Event, Volume, VolumePaper.position)
        .join(Volume, Volume.event_id == Event.id)
        .join(VolumeBuild, VolumeBuild.volume_id == Volume.id)
        .join(VolumePaper, VolumePaper.build_id == VolumeBuild.id)
        .where(VolumeBuild.is_public, Volume.state == VolumeState.PUBLISHED)
        .order_by(Volume.id, VolumePaper.position)
    )
    return [(event, volume, position) for event, volume, position in db.session.execute(query).all()]


def _harvest() -> Select[VolumePaper]:
    loading = joinedload(VolumePaper.build).joinedload(VolumeBuild.volume).joinedload(Volume.event)
    return _of_public_builds(select(VolumePaper)).options(loading)


def harvested(since: datetime | None, before: datetime | None, after: int, most: int) -> list[VolumePaper]:
    """Public papers that were made or got a notice in a span of time, from the one after ``after`` on."""
    query = _harvest().where(VolumePaper.id > after).order_by(VolumePaper.id).limit(most)
    told = (
        select(func.max(Notice.published_at))
        .where(Notice.volume_id == VolumeBuild.volume_id, Notice.submission_id == VolumePaper.submission_id)
        .correlate(VolumeBuild, VolumePaper)
        .scalar_subquery()
    )
    if since is not None:
        query = query.where(or_(VolumeBuild.finished_at >= since, told >= since))
    if before is not None:
        query = query.where(VolumeBuild.finished_at < before, or_(told.is_(None), told < before))
    return list(db.session.scalars(query))


def harvested_one(volume_id: int, submission_id: int) -> VolumePaper | None:
    return db.session.scalar(_harvest().where(Volume.id == volume_id, VolumePaper.submission_id == submission_id))


def first_public_at() -> datetime | None:
    """When the oldest build that is public was made."""
    return db.session.scalar(select(func.min(VolumeBuild.finished_at)).where(VolumeBuild.is_public))
