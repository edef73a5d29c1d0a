"""Branches, committees, offices, and who serves in them on a day."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.db import db
from confsys.members.models import Body, OfficeTerm
from confsys.members.states import BodyKind


def bodies(kind: BodyKind | None = None) -> list[Body]:
    """Every body with its offices and who holds or held them. Two queries."""
    query = select(Body).order_by(Body.kind, Body.position, Body.id)
    if kind is not None:
        query = query.where(Body.kind == kind)
    return list(db.session.scalars(query.options(selectinload(Body.offices).joinedload(OfficeTerm.person))))


def branches() -> list[Body]:
    """Branches that people can belong to."""
    query = select(Body).where(Body.kind == BodyKind.BRANCH, Body.dissolved_on.is_(None))
    return list(db.session.scalars(query.order_by(Body.position, Body.id)))


def body(key: str) -> Body | None:
    query = select(Body).where(Body.key == key)
    return db.session.scalar(query.options(selectinload(Body.offices).joinedload(OfficeTerm.person)))
