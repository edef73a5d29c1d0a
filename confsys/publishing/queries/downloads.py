"""How often what is public was fetched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, literal_column, select

from confsys.core.db import db
from confsys.publishing.models import DownloadCount, Volume
from confsys.publishing.states import VolumeState


@dataclass(frozen=True, slots=True)
class Downloads:
    """Fetches in a span of days; ``months`` are (first day of the month, fetches), without empty ones."""

    papers: int
    volumes: int
    months: tuple[tuple[date, int], ...]

    @property
    def total(self) -> int:
        return self.papers + self.volumes


def of_papers(volume_id: int) -> dict[int, int]:
    """{submission id: fetches of its PDF}; 0 stands for the files of the whole volume."""
    query = select(DownloadCount.paper, func.sum(DownloadCount.count)).where(DownloadCount.volume_id == volume_id)
    return {paper: int(count) for paper, count in db.session.execute(query.group_by(DownloadCount.paper))}


def figures(first: date, last: date, volume_ids: Collection[int] | None = None) -> Downloads:
    """Fetches between two days, both included, of some volumes or of all that are published."""
    of_a_paper = DownloadCount.paper > literal_column("0")  # PostgreSQL groups by no expression with a parameter
    query = (
        select(DownloadCount.day, of_a_paper, func.sum(DownloadCount.count))
        .join(Volume, Volume.id == DownloadCount.volume_id)
        .where(Volume.state == VolumeState.PUBLISHED, DownloadCount.day.between(first, last))
        .group_by(DownloadCount.day, of_a_paper)
    )
    if volume_ids is not None:
        query = query.where(DownloadCount.volume_id.in_(volume_ids))
    months: dict[date, int] = {}
    sums = {True: 0, False: 0}
    for day, is_paper, count in db.session.execute(query):
        sums[bool(is_paper)] += int(count)
        months[day.replace(day=1)] = months.get(day.replace(day=1), 0) + int(count)
    return Downloads(sums[True], sums[False], tuple(sorted(months.items())))
