"""The event's review form, cut to what one reader may see of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from confsys.core.db import db
from confsys.events.models import FormField
from confsys.events.states import FieldAudience, FormKind
from confsys.reviewing.standing import reads


def review_fields(event_id: int, reader: FieldAudience = FieldAudience.CHAIRS) -> list[FormField]:
    """Fields of the review form in their order. A reviewer writes all of them: ask with CHAIRS for the form."""
    query = select(FormField).where(FormField.event_id == event_id, FormField.form == FormKind.REVIEW)
    rows = db.session.scalars(query.order_by(FormField.position, FormField.id))
    return [row for row in rows if reads(reader, row.audience)]


def overall_field(fields: Sequence[FormField]) -> FormField | None:
    """The score that ranks papers."""
    return next((each for each in fields if each.is_overall), None)


def confidence_field(fields: Sequence[FormField]) -> FormField | None:
    """The score that says how sure the reviewer is."""
    return next((each for each in fields if each.is_confidence), None)
