"""Rows that are written once and never changed: a ledger, an issued document, a provider's message.

A class with ``AppendOnly`` among its bases is guarded twice: the session refuses to flush a change of such a row,
and triggers in the database (written by the table's migration) refuse it from anywhere else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from confsys.core.db import Model


class NeverChanged(RuntimeError):
    """Something tried to change or delete a row that stands for good: a fault of the program."""


class AppendOnly:
    """Marks a table whose rows are reversed by further rows, never edited."""


@event.listens_for(Session, "before_flush")
def _refuse(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    for row in session.deleted:
        if isinstance(row, AppendOnly):
            raise NeverChanged(f"{type(row).__name__} is never deleted")
    for row in session.dirty:
        if isinstance(row, AppendOnly) and session.is_modified(row):
            raise NeverChanged(f"{type(row).__name__} is never changed")


def guarded_tables() -> list[str]:
    """The tables whose migration must have brought the triggers."""
    return sorted(str(mapper.local_table) for mapper in Model.registry.mappers if issubclass(mapper.class_, AppendOnly))
