"""What the public reads: the latest release, and the ones before it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.once import once_a_request
from confsys.programme import changes, snapshots
from confsys.programme.changes import Change
from confsys.programme.models import Release
from confsys.programme.snapshots import Programme

#: A release never changes, so what was read from it may be kept; large ones are few.
_KEPT = 8
_cache: OrderedDict[str, Programme] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A line of the history of releases."""

    id: int
    number: int
    at: datetime
    note: LocalizedText
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """What the public reads now. ``token`` names its contents to caches."""

    id: int
    number: int
    token: str


@once_a_request
def latest_release(event_id: int) -> Latest | None:
    query = select(Release.id, Release.number, Release.token).where(Release.event_id == event_id)
    row = db.session.execute(query.order_by(Release.number.desc()).limit(1)).first()
    return Latest(*row) if row else None


def programme_of_release(release: Latest) -> Programme:
    """The frozen programme, from memory where it was read before."""
    with _lock:
        if release.token in _cache:
            _cache.move_to_end(release.token)
            return _cache[release.token]
    snapshot = db.session.scalars(select(Release.snapshot).where(Release.id == release.id)).one()
    programme = snapshots.of_data(snapshot)
    with _lock:
        _cache[release.token] = programme
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return programme


def latest_programme(event_id: int) -> Programme | None:
    """What the public reads, or None before the first release."""
    found = latest_release(event_id)
    return programme_of_release(found) if found else None


def history(event_id: int) -> list[ReleaseView]:
    """All releases, the newest first; one query."""
    rows = db.session.scalars(select(Release).where(Release.event_id == event_id).order_by(Release.number.desc()))
    return [
        ReleaseView(row.id, row.number, row.at, row.note, tuple(changes.of_data(row.changes))) for row in rows
    ]  # fmt: skip
