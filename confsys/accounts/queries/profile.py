"""What a person's own pages show."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from confsys.accounts.lookup import lookup_key
from confsys.accounts.models import Affiliation, Organisation, Publication, Relation
from confsys.core.db import db
from confsys.core.listing import like


def affiliations_of(person_id: int) -> list[Affiliation]:
    """A person's affiliations with their organisations, as they were entered."""
    query = select(Affiliation).where(Affiliation.person_id == person_id).order_by(Affiliation.id)
    return list(db.session.scalars(query.options(joinedload(Affiliation.organisation))))


def publications_of(person_id: int) -> list[Publication]:
    query = select(Publication).where(Publication.person_id == person_id)
    return list(db.session.scalars(query.order_by(Publication.year.desc().nulls_last(), Publication.id)))


def publication_count(person_id: int) -> int:
    query = select(func.count()).select_from(Publication).where(Publication.person_id == person_id)
    return db.session.scalar(query) or 0


def relations_of(person_id: int) -> list[Relation]:
    query = select(Relation).where(Relation.person_id == person_id).order_by(Relation.id)
    return list(db.session.scalars(query))


def organisations_like(text: str, limit: int = 12) -> list[Organisation]:
    """Organisations whose name or alias contains what is being typed; those that begin with it first."""
    key = lookup_key(text)
    if not key:
        return []
    begins = Organisation.lookup.like("%\n" + like(key).removeprefix("%"), escape="\\")
    holds = Organisation.lookup.like(like(key), escape="\\")
    query = select(Organisation).where(or_(begins, holds)).order_by(begins.desc(), Organisation.id).limit(limit)
    return list(db.session.scalars(query))
