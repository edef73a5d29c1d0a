"""Who reviewers are, as chairs see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import Affiliation, Organisation, Person
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName


@dataclass(frozen=True, slots=True)
class Who:
    """A person in a list: how they are called and where they work now."""

    id: int
    name: PersonName
    organisation: LocalizedText
    sort_key: str


def people(ids: Iterable[int]) -> dict[int, Who]:
    """The people of a list, by id, in one query whatever their number."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    query = (
        select(
            Person.id, Person.given, Person.family, Person.native, Person.sort_key, Organisation.name.label("works_at")
        )
        .outerjoin(Affiliation, (Affiliation.person_id == Person.id) & Affiliation.ends_on.is_(None))
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Person.id.in_(wanted))
        .order_by(Affiliation.id)
    )  # fmt: skip
    return {row.id: _who(row) for row in db.session.execute(query)}  # of several affiliations the last entered


def _who(row: Any) -> Who:
    name = PersonName(row.given, row.family, row.native)
    return Who(row.id, name, row.works_at or LocalizedText(), row.sort_key)


def organisations(ids: Iterable[int]) -> dict[int, LocalizedText]:
    """Where people work now: the affiliation without an end that was entered last."""
    query = (
        select(Affiliation.person_id, Organisation.name)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id.in_(sorted(set(ids))), Affiliation.ends_on.is_(None))
        .order_by(Affiliation.id)
    )
    return {row.person_id: row.name for row in db.session.execute(query)}
