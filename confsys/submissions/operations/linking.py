"""An author who proves an address finds the papers that name it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.operation import operation
from confsys.submissions.models import Author, Conflict


@operation
def link_authors(person: Person, address: str, *, stand_ins: Collection[int] = (), actor: Actor, at: datetime) -> int:
    """Give ``person`` the author lines that carry ``address``; returns how many.

    ``stand_ins`` are people known only by the address, from an import: their lines and conflicts move too.
    """
    unlinked = Author.person_id.is_(None)
    taken_over = Author.person_id.in_(stand_ins)
    query = select(Author).where(or_(Author.email == address, taken_over), or_(unlinked, taken_over))
    rows = db.session.scalars(query.options(joinedload(Author.submission))).all()
    for row in rows:
        row.person_id = person.id
        paper = row.submission
        record("submission.link", paper, actor=actor, at=at, changes={}, number=paper.number, name=row.name.both)
    _move_conflicts(person.id, stand_ins)
    return len(rows)


def _move_conflicts(person_id: int, stand_ins: Collection[int]) -> None:
    if not stand_ins:
        return
    own = select(Conflict.submission_id, Conflict.kind).where(Conflict.person_id == person_id)
    known = {(row.submission_id, row.kind) for row in db.session.execute(own)}
    for row in db.session.scalars(select(Conflict).where(Conflict.person_id.in_(stand_ins))):
        if (row.submission_id, row.kind) in known:
            db.session.delete(row)
        else:
            row.person_id = person_id
            known.add((row.submission_id, row.kind))


def on_email_verified(person: Person, *, address: str, actor: Actor, at: datetime, **news: Any) -> None:
    """Listener of the accounts room."""
    link_authors(person, address, stand_ins=news.get("stand_ins", ()), actor=actor, at=at)
