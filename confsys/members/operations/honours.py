"""Honours of people: written by the office, or by a room that gives awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import lock, operation
from confsys.members.models import Honour
from confsys.members.states import HonourKind


@dataclass(frozen=True, slots=True)
class Given:
    kind: HonourKind
    title: LocalizedText
    year: int


@operation
def give_honour(person: Person, given: Given, *, source: str = "", actor: Actor, at: datetime) -> Honour:
    """Write an honour down. One that names its ``source`` is written once: told again, it is brought up to date."""
    lock(person)
    if not given.title:
        raise Invalid(title=_l("Please give the name in at least one language."))
    row = _from(source, person.id) if source else None
    if row is None:
        row = Honour(person_id=person.id, source=source)
    row.kind, row.title, row.year = given.kind, given.title, given.year
    record("member.honoured", row, actor=actor, at=at, changes={}, title=given.title, year=given.year)
    return row


@operation
def take_honour_back(row: Honour, *, actor: Actor, at: datetime) -> None:
    record("member.honour_taken", row, actor=actor, at=at, changes={}, title=row.title, year=row.year)
    db.session.delete(row)


@operation
def take_back_from(source: str, person: Person, *, actor: Actor, at: datetime) -> None:
    """The room that gave it takes it back; nothing happens when there is none."""
    row = _from(source, person.id)
    if row is not None:
        take_honour_back(row, actor=actor, at=at)


def _from(source: str, person_id: int) -> Honour | None:
    return db.session.scalar(select(Honour).where(Honour.source == source, Honour.person_id == person_id))
