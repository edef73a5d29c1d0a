"""Volumes and what their builds printed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.events.standing import EventStanding
from confsys.publishing.models import Artefact, Volume, VolumeBuild, VolumePaper
from confsys.publishing.rules import may_manage_volumes
from confsys.publishing.states import ArtefactKind, VolumeState


def of_event(standing: EventStanding) -> list[Volume]:
    """The volumes of an event that the viewer may read."""
    query = select(Volume).where(Volume.event_id == standing.event_id).order_by(Volume.id)
    if not may_manage_volumes(standing):
        query = query.where(Volume.state == VolumeState.PUBLISHED)
    return list(db.session.scalars(query))


def by_code(event_id: int, code: str) -> Volume | None:
    return db.session.scalar(select(Volume).where(Volume.event_id == event_id, Volume.code == code))


def builds(volume: Volume) -> list[VolumeBuild]:
    """Builds of a volume, newest first."""
    query = select(VolumeBuild).where(VolumeBuild.volume_id == volume.id).order_by(VolumeBuild.number.desc())
    return list(db.session.scalars(query.options(selectinload(VolumeBuild.artefacts).joinedload(Artefact.file))))


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
