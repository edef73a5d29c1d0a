"""Branches, committees, offices, and who serves in them on a day."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from confsys.core.db import db
from confsys.members.models import Body, Office, OfficeTerm
from confsys.members.states import BodyKind

#: Offices, terms and people of bodies: three more queries however many there are.
_WITH_OFFICES = selectinload(Body.offices).selectinload(Office.terms).joinedload(OfficeTerm.person)


def bodies() -> list[Body]:
    """Every body with its offices and who holds or held them."""
    query = select(Body).order_by(Body.kind, Body.position, Body.id)
    return list(db.session.scalars(query.options(_WITH_OFFICES)))


def branches() -> list[Body]:
    """Branches that people can belong to."""
    query = select(Body).where(Body.kind == BodyKind.BRANCH, Body.dissolved_on.is_(None))
    return list(db.session.scalars(query.order_by(Body.position, Body.id)))


def standing_bodies(but_keep: int | None = None) -> list[Body]:
    """Bodies that stand today, without their offices, and ``but_keep`` whatever became of it."""
    query = select(Body).where(or_(Body.dissolved_on.is_(None), Body.id == but_keep))
    return list(db.session.scalars(query.order_by(Body.kind, Body.position, Body.id)))


def body(key: str) -> Body | None:
    return db.session.scalar(select(Body).where(Body.key == key).options(_WITH_OFFICES))


def office(office_id: int) -> Office | None:
    return db.session.scalar(select(Office).where(Office.id == office_id).options(selectinload(Office.body)))


def term(term_id: int) -> OfficeTerm | None:
    query = select(OfficeTerm).where(OfficeTerm.id == term_id)
    return db.session.scalar(
        query.options(selectinload(OfficeTerm.office).selectinload(Office.body), selectinload(OfficeTerm.person))
    )
