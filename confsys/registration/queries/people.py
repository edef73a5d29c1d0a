"""Who came, for the reports: places as rows without a name, with all that is counted of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Affiliation, Organisation
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.answers import choices
from confsys.events.models import Event, FormField
from confsys.events.states import FieldType, FormKind
from confsys.registration.models import Attendee, Extra
from confsys.registration.states import AttendeeState, Audience


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One paid place. ``first_time``: the person has an account and had no place at an earlier event of ours.

    ``country`` and ``sector`` as they answered, or the country of where they work; empty: not known.
    """

    event: LocalizedText
    ticket: LocalizedText
    audience: Audience
    extras: int
    country: str
    sector: LocalizedText
    first_time: bool | None
    attended: bool
    over: bool
    registered_at: datetime


def of_events(events: Sequence[Event], today: date) -> list[PlaceLine]:
    """Five queries, however many events and people."""
    known = {event.id: event for event in events}
    query = select(Attendee).where(Attendee.event_id.in_(known), Attendee.state == AttendeeState.ACTIVE)
    query = query.options(joinedload(Attendee.ticket), selectinload(Attendee.extras))
    rows = list(db.session.scalars(query.order_by(Attendee.event_id, Attendee.id)))
    people = {row.person_id for row in rows if row.person_id is not None}
    fields, before, homes = _fields(known), _first_events(people), _countries(people)
    return [_line(row, known[row.event_id], fields.get(row.event_id, {}), before, homes, today) for row in rows]


def _line(
    row: Attendee, event: Event, fields: Mapping[str, FormField], before: Mapping[int, date | None],
    homes: Mapping[int, str], today: date,
) -> PlaceLine:  # fmt: skip
    person = row.person_id or 0
    first = before.get(person)
    country = next(
        (str(row.answers[f.key]) for f in fields.values() if f.type is FieldType.COUNTRY and row.answers.get(f.key)), ""
    )
    return PlaceLine(
        event.name, row.ticket.name, row.audience, sum(_live(extra) for extra in row.extras),
        country or homes.get(person, ""), _sector(row.answers, fields.get("sector")),
        None if first is None or event.starts_on is None else event.starts_on <= first,
        row.checked_in_at is not None, event.ends_on is not None and event.ends_on < today, row.registered_at,
    )  # fmt: skip


def _live(extra: Extra) -> bool:
    return extra.state is AttendeeState.ACTIVE


def _sector(answers: Mapping[str, Any], field: FormField | None) -> LocalizedText:
    value = answers.get("sector")
    if field is None or value is None:
        return LocalizedText()
    return dict(choices(field)).get(str(value), LocalizedText(str(value)))


def _fields(event_ids: Collection[int]) -> dict[int, dict[str, FormField]]:
    query = select(FormField).where(FormField.event_id.in_(event_ids), FormField.form == FormKind.REGISTRATION)
    found: dict[int, dict[str, FormField]] = {}
    for field in db.session.scalars(query):
        found.setdefault(field.event_id, {})[field.key] = field
    return found


def _first_events(people: Collection[int]) -> dict[int, date | None]:
    """Person -> the first day of the first event they had a paid place at."""
    query = (
        select(Attendee.person_id, func.min(Event.starts_on))
        .join(Event, Event.id == Attendee.event_id)
        .where(Attendee.person_id.in_(people), Attendee.state == AttendeeState.ACTIVE)
        .group_by(Attendee.person_id)
    )
    return {person_id: first for person_id, first in db.session.execute(query) if person_id is not None}


def _countries(people: Collection[int]) -> dict[int, str]:
    """Person -> country of the organisation where they work now."""
    query = (
        select(Affiliation.person_id, Organisation.country)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id.in_(people), Affiliation.ends_on.is_(None), Organisation.country != "")
        .order_by(Affiliation.id.desc())
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
