"""Honours of people, the latest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from confsys.core.db import db
from confsys.members.models import Honour


def honours_of(people: Collection[int]) -> dict[int, list[Honour]]:
    """Person -> honours; one query."""
    found: dict[int, list[Honour]] = defaultdict(list)
    if people:
        query = select(Honour).where(Honour.person_id.in_(people)).order_by(Honour.year.desc(), Honour.id.desc())
        for row in db.session.scalars(query):
            found[row.person_id].append(row)
    return found


def honour(honour_id: int) -> Honour | None:
    return db.session.get(Honour, honour_id)
