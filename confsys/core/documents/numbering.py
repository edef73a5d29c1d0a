"""Numbers without gaps: taken inside the transaction that uses them, so that one that fails gives its number back."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from confsys.core.db import db
from confsys.core.documents.models import NumberSeries


def next_number(series: str) -> int:
    """Take the next number of a series, from 1. Others who want one of it wait until this transaction ends."""
    insert = sqlite_insert if db.session.get_bind().dialect.name == "sqlite" else postgres_insert
    # Two first comers at once: one makes the row, both then count on it.
    db.session.execute(insert(NumberSeries).values(name=series, last=0).on_conflict_do_nothing())
    taken = update(NumberSeries).where(NumberSeries.name == series).values(last=NumberSeries.last + 1)
    return db.session.execute(
        taken.returning(NumberSeries.last), execution_options={"synchronize_session": False}
    ).scalar_one()
