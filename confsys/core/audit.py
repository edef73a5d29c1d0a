"""What happened: entries as data, told later in the reader's language.

An entry is written in the transaction of the change it tells of. ``action`` is a dotted name such as
``submission.submit``; the room that owns the action registers its sentence with the feature.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import inspect as inspect_object
from sqlalchemy.orm import Mapped, mapped_column

from confsys.core.actor import Actor
from confsys.core.db import Model, db
from confsys.core.localized import LocalizedText

MASKED = frozenset({"password_hash", "totp_secret", "token_hash", "version"})


class AuditEntry(Model):
    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object_type", "object_id", "at"),
        Index("ix_audit_entry_event_at", "event_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(80))
    object_type: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[int]
    object_version: Mapped[int | None]
    #: The event it belongs to, if any; an entry of a confidential room has its own ``scope``.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Empty: the event's organisers may read it. Otherwise the name of the circle that may.
    scope: Mapped[str] = mapped_column(String(40), default="")
    #: {field: [old, new]}
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Values the sentence names, as they were at the time.
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, LocalizedText):
        return value.as_dict()
    if isinstance(value, (str, int, float, bool, list, dict)) or value is None:
        return value
    return str(value)


def changes_of(row: Model) -> dict[str, Any]:
    """{column: [old, new]} of the changes not yet flushed; secrets are masked."""
    found: dict[str, Any] = {}
    state = inspect_object(row)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if not history.has_changes() or attribute.key == "version":
            continue
        old, new = (history.deleted or [None])[0], (history.added or [None])[0]
        if old != new:
            masked = attribute.key in MASKED
            found[attribute.key] = ["…", "…"] if masked else [plain(old), plain(new)]
    return found


def record(
    action: str,
    row: Model,
    *,
    actor: Actor,
    at: datetime,
    event_id: int | None = None,
    scope: str = "",
    changes: dict[str, Any] | None = None,
    **facts: Any,
) -> None:
    """Add the entry of one change to the running transaction.

    Call it before flushing the change, so that old and new values are both known. The row itself is flushed
    here, because an entry must name a row that has an identity.
    """
    changed = changes_of(row) if changes is None else changes
    db.session.add(row)
    db.session.flush()
    identity: Any = row
    db.session.add(
        AuditEntry(
            at=at,
            action=action,
            object_type=row.__tablename__,
            object_id=identity.id,
            object_version=getattr(row, "version", None),
            event_id=event_id if event_id is not None else getattr(row, "event_id", None),
            actor_id=actor.person_id,
            on_behalf_of_id=actor.on_behalf_of_id,
            scope=scope,
            changes=changed,
            facts={key: plain(value) for key, value in facts.items()},
        )
    )
