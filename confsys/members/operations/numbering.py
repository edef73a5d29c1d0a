"""The next stem. One row holds the last one given out under a code; whoever takes the next one holds that row."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from confsys.core.db import db
from confsys.core.operation import operation
from confsys.members.models import MemberCounter


@operation
def next_stem() -> tuple[str, int]:
    """(society's code, stem), never given out before. Part of the running transaction: undone with it."""
    code: str = current_app.extensions["settings"].member_code
    stem = _taken(code)
    if stem is None:
        # The very first member: two at once may both come here, and one row must be the result.
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        db.session.execute(insert(MemberCounter).values(code=code, last=0).on_conflict_do_nothing())
        stem = _taken(code)
    assert stem is not None  # noqa: S101  the row is there now
    return code, stem


def _taken(code: str) -> int | None:
    counting = update(MemberCounter).where(MemberCounter.code == code).values(last=MemberCounter.last + 1)
    return db.session.scalar(counting.returning(MemberCounter.last), execution_options={"synchronize_session": False})
