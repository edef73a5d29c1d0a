"""What was published, for the reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from confsys.core.db import db
from confsys.publishing.models import Volume, VolumeBuild, VolumePaper
from confsys.publishing.states import VolumeState


def published_of(event_id: int) -> list[Volume]:
    return _published(Volume.event_id == event_id)


def published_in(first: datetime, last: datetime) -> list[Volume]:
    """Volumes that came out in a span of time."""
    return _published((Volume.published_at >= first) & (Volume.published_at < last))


def _published(condition: object) -> list[Volume]:
    query = select(Volume).where(condition, Volume.state == VolumeState.PUBLISHED)  # type: ignore[arg-type]  # a condition
    return list(db.session.scalars(query.options(joinedload(Volume.event)).order_by(Volume.published_at, Volume.id)))


def printed_in(volumes: Sequence[Volume]) -> list[VolumePaper]:
    """The papers of the builds that the public reads; one query."""
    query = (
        select(VolumePaper)
        .join(VolumePaper.build)
        .join(VolumeBuild.volume)
        .where(VolumeBuild.is_public, Volume.id.in_([volume.id for volume in volumes]))
        .options(contains_eager(VolumePaper.build).contains_eager(VolumeBuild.volume))
        .order_by(Volume.published_at, Volume.id, VolumePaper.position)
    )
    return list(db.session.scalars(query))
