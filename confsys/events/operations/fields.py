"""The fields an event adds to its forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.names import folded
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event, FormField
from confsys.events.presets.plans import FieldPlan
from confsys.events.states import FieldAudience, FieldType, FormKind

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHOOSING = frozenset({FieldType.CHOICE, FieldType.CHOICES})


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: LocalizedText


@dataclass(frozen=True, slots=True)
class FieldSettings:
    """The editable part of a field. Its key and type stay as they were made: answers hang on them."""

    label: LocalizedText
    help: LocalizedText
    required: bool
    choices: Sequence[Choice]
    lowest: int | None
    highest: int | None
    length_max: int | None
    audience: FieldAudience
    is_overall: bool
    is_confidence: bool


def key_from(label: str) -> str:
    """A key made from a label: lower-case Latin letters, digits, underscores; empty when nothing is left."""
    return re.sub(r"[^a-z0-9]+", "_", folded(label)).strip("_")[:40]


@operation
def add_field(
    event: Event, form: FormKind, key: str, type_: FieldType, given: FieldSettings, *, actor: Actor, at: datetime
) -> FormField:
    """A new field at the end of a form. Without a key one is made from the English label."""
    key = key or key_from(given.label.en)
    if not _KEY.fullmatch(key):
        raise Invalid(key=_l("A key begins with a small letter and has small letters, digits and underscores."))
    taken = select(FormField.id).where(FormField.event_id == event.id, FormField.form == form, FormField.key == key)
    if db.session.scalar(taken) is not None:
        raise Invalid(key=_l("Another field of this form has this key."))
    last = select(func.max(FormField.position)).where(FormField.event_id == event.id, FormField.form == form)
    row = FormField(event_id=event.id, form=form, key=key, type=type_, position=(db.session.scalar(last) or 0) + 1)
    _fill(row, given)
    record("events.field_saved", row, actor=actor, at=at, key=key)
    return row


def given_by(plan: FieldPlan) -> FieldSettings:
    """A planned field as settings to add it with."""
    choices = [Choice(str(choice["value"]), LocalizedText.of(choice["label"])) for choice in plan.choices]
    return FieldSettings(
        plan.label, plan.help, plan.required, choices, plan.lowest, plan.highest, plan.length_max, plan.audience,
        plan.is_overall, plan.is_confidence,
    )  # fmt: skip


@operation
def edit_field(row: FormField, given: FieldSettings, *, version: int | None, actor: Actor, at: datetime) -> None:
    expect_version(row, version)
    _fill(row, given)
    record("events.field_saved", row, actor=actor, at=at, key=row.key)


@operation
def remove_field(row: FormField, *, actor: Actor, at: datetime) -> None:
    """Take the field from the form. Answers given so far stay with their papers and are no longer shown."""
    record("events.field_removed", row, actor=actor, at=at, changes={}, key=row.key)
    db.session.delete(row)


@operation
def move_field(row: FormField, step: int, *, actor: Actor, at: datetime) -> None:
    """One place up (-1) or down (+1) in its form."""
    query = select(FormField).where(FormField.event_id == row.event_id, FormField.form == row.form)
    rows = list(db.session.scalars(query.order_by(FormField.position, FormField.id)))
    place = rows.index(row)
    if 0 <= place + step < len(rows):
        rows[place], rows[place + step] = rows[place + step], rows[place]
        for position, other in enumerate(rows):
            other.position = position
        record("events.field_saved", row, actor=actor, at=at, changes={}, key=row.key)


def _fill(row: FormField, given: FieldSettings) -> None:
    _check(row.type, given)
    row.label, row.help, row.required, row.length_max = given.label, given.help, given.required, given.length_max
    row.choices = [{"value": c.value, "label": c.label.as_dict()} for c in given.choices]
    scored = row.type in {FieldType.SCORE, FieldType.NUMBER}
    row.lowest, row.highest = (given.lowest, given.highest) if scored else (None, None)
    review = row.form is FormKind.REVIEW
    row.audience = given.audience if review else FieldAudience.AUTHORS
    row.is_overall = review and row.type is FieldType.SCORE and given.is_overall
    row.is_confidence = review and row.type is FieldType.SCORE and given.is_confidence
    _keep_unique(row)


def _check(type_: FieldType, given: FieldSettings) -> None:
    if not given.label:
        raise Invalid(label=_l("What is asked?"))
    if type_ in _CHOOSING and len(given.choices) < 2:
        raise Invalid(choices=_l("Give at least two choices, one a line."))
    if len({choice.value for choice in given.choices}) != len(given.choices):
        raise Invalid(choices=_l("Two choices have the same value."))
    if type_ is FieldType.SCORE and (given.lowest is None or given.highest is None):
        raise Invalid(lowest=_l("A score needs a lowest and a highest value."))
    if given.lowest is not None and given.highest is not None and given.lowest >= given.highest:
        raise Invalid(highest=_l("The highest value must be above the lowest."))
    if type_ is FieldType.SCORE and given.highest is not None and given.highest - (given.lowest or 0) > 20:
        raise Invalid(highest=_l("A scale has at most 21 steps."))
    if given.is_overall and given.is_confidence:
        raise Invalid(is_confidence=_l("One score cannot be both."))


def _keep_unique(row: FormField) -> None:
    """One score ranks the papers and one says how sure the reviewer is: a new one takes the mark over."""
    others = select(FormField).where(FormField.event_id == row.event_id, FormField.form == row.form)
    for other in db.session.scalars(others):
        if other is not row and row.is_overall:
            other.is_overall = False
        if other is not row and row.is_confidence:
            other.is_confidence = False
