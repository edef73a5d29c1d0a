"""DOIs of a volume, with what the agency said of each."""

from __future__ import annotations

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.publishing.models import DoiDeposit, DoiRecord, Volume
from confsys.publishing.states import DoiState

WORDS: dict[DoiState, tuple[Lazy, str]] = {
    DoiState.RESERVED: (_l("reserved"), "draft"),
    DoiState.SUBMITTED: (_l("submitted"), "waiting"),
    DoiState.REGISTERED: (_l("registered"), "done"),
    DoiState.UPDATED: (_l("updated"), "done"),
    DoiState.FAILED: (_l("failed"), "wrong"),
}


def of_volume(volume: Volume) -> list[DoiRecord]:
    return list(db.session.scalars(select(DoiRecord).where(DoiRecord.volume_id == volume.id).order_by(DoiRecord.doi)))


def deposits(volume: Volume) -> list[DoiDeposit]:
    """Newest first."""
    query = select(DoiDeposit).where(DoiDeposit.volume_id == volume.id).order_by(DoiDeposit.id.desc())
    return list(db.session.scalars(query))
