"""Steps of editing that can be taken back.

An operation puts the rows it is about to change under a ``Journal``; what differs at the end becomes one step of its
author. A step knows the columns before and after, so taking it back is refused, not guessed, when somebody else has
changed the same columns since.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Enum, inspect, select

from confsys.core.actor import Actor
from confsys.core.audit import plain, record
from confsys.core.db import Localized, Model, UTCDateTime, db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events.standing import EventStanding
from confsys.programme.models import Duty, Room, Session, Speaker, Talk, TimetableEdit
from confsys.programme.rules import may_arrange

#: Later ones point at earlier ones.
TABLES: dict[str, type[Model]] = {"session": Session, "talk": Talk, "duty": Duty, "speaker": Speaker}
#: Renumbered along the way: no reason to refuse taking a step back.
_INCIDENTAL = frozenset({"id", "version", "position"})
Columns = dict[str, Any]


def _columns(row: Model) -> Columns:
    return {
        attribute.key: plain(getattr(row, attribute.key))
        for attribute in inspect(type(row)).column_attrs
        if attribute.key not in {"id", "version"}
    }


def _value(table: type[Model], key: str, kept: Any) -> Any:
    """A column's value from what the journal kept of it."""
    kind = inspect(table).column_attrs[key].columns[0].type
    if kept is None:
        return None
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat(kept)
    if isinstance(kind, Localized):
        return LocalizedText.of(kept)
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(kept)
    return kept


class Journal:
    """The rows of one step, and what they were."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int], Model] = {}
        self._before: dict[tuple[str, int], Columns | None] = {}
        self._removed: set[tuple[str, int]] = set()

    def watch(self, *rows: Any) -> None:
        """Remember rows as they are; call it before changing them."""
        for row in rows:
            key = (row.__tablename__, row.id)
            self._rows.setdefault(key, row)
            self._before.setdefault(key, _columns(row))

    def created(self, row: Any) -> None:
        """A row that is new. It is flushed here, because a step names it."""
        db.session.add(row)
        db.session.flush()
        key = (row.__tablename__, row.id)
        self._rows[key], self._before[key] = row, None

    def remove(self, row: Any) -> None:
        """Delete a row."""
        self.watch(row)
        self._removed.add((row.__tablename__, row.id))
        db.session.delete(row)

    def steps(self) -> list[dict[str, Any]]:
        """What happened to each row."""
        found = []
        for key in self._rows:
            table, number = key
            before = self._before[key]
            after = None if key in self._removed else _columns(self._rows[key])
            if before is not None and after is not None:
                changed = {name for name in after if before[name] != after[name]}
                if not changed:
                    continue
                before = {name: before[name] for name in changed}
                after = {name: after[name] for name in changed}
            found.append({"table": table, "id": number, "before": before, "after": after})
        return found


@contextmanager
def journal(event_id: int, *, actor: Actor, at: datetime) -> Iterator[Journal]:
    """What is done inside becomes one step that ``actor`` can take back."""
    kept = Journal()
    yield kept
    db.session.flush()
    steps = kept.steps()
    if steps:
        db.session.add(TimetableEdit(event_id=event_id, at=at, by_id=actor.person_id, steps=steps))


@operation
def undo(event_id: int, *, standing: EventStanding, actor: Actor, at: datetime) -> TimetableEdit:
    """Take back the actor's last step that stands. Raises Invalid when there is none or somebody built on it."""
    demand(may_arrange(standing))
    edit: TimetableEdit | None = db.session.scalar(
        _own(event_id, actor, undone=False).order_by(TimetableEdit.id.desc()).limit(1)
    )
    if edit is None:
        raise Invalid(_l("There is nothing of yours to take back."))
    _turn_all([(step["table"], step["id"], step["after"], step["before"]) for step in edit.steps])
    edit.undone_at = at
    record("programme.undo", edit, actor=actor, at=at)
    return edit


@operation
def redo(event_id: int, *, standing: EventStanding, actor: Actor, at: datetime) -> TimetableEdit:
    """Do again what the actor took back last. A new step in between ends that possibility."""
    demand(may_arrange(standing))
    standing_step = _own(event_id, actor, undone=False).order_by(TimetableEdit.id.desc()).limit(1)
    last = db.session.scalar(standing_step)
    again = _own(event_id, actor, undone=True).where(TimetableEdit.id > (last.id if last else 0))
    edit: TimetableEdit | None = db.session.scalar(again.order_by(TimetableEdit.id).limit(1))
    if edit is None:
        raise Invalid(_l("There is nothing to do again."))
    _turn_all([(step["table"], step["id"], step["before"], step["after"]) for step in edit.steps])
    edit.undone_at = None
    record("programme.redo", edit, actor=actor, at=at)
    return edit


def _own(event_id: int, actor: Actor, *, undone: bool) -> Any:
    state = TimetableEdit.undone_at.is_not(None) if undone else TimetableEdit.undone_at.is_(None)
    return select(TimetableEdit).where(
        TimetableEdit.event_id == event_id, TimetableEdit.by_id == actor.person_id, state
    )  # fmt: skip


def _turn_all(turns: list[tuple[str, int, Columns | None, Columns | None]]) -> None:
    """Rows come to life before others point at them, and go when nothing does any more."""

    def order(turn: tuple[str, int, Columns | None, Columns | None]) -> tuple[int, int]:
        table, _, now, wanted = turn
        depth = list(TABLES).index(table)
        return (0, depth) if now is None else (2, -depth) if wanted is None else (1, depth)

    for turn in sorted(turns, key=order):
        _turn(*turn)


def _turn(table: str, number: int, now: Columns | None, wanted: Columns | None) -> None:
    """Bring one row from ``now`` to ``wanted``; None means that it does not exist."""
    kind = TABLES[table]
    row = db.session.get(kind, number, populate_existing=True)
    if (row is None) != (now is None) or (row is not None and now is not None and _differs(row, now)):
        raise Invalid(_l("Somebody has changed this since, so it cannot be taken back or done again."))
    if wanted is not None and wanted.get("room_id") and db.session.get(Room, wanted["room_id"]) is None:
        raise Invalid(_l("The room does not exist any more, so this cannot be taken back or done again."))
    if row is None:
        row = kind(id=number)
        db.session.add(row)
    elif wanted is None:
        db.session.delete(row)
        db.session.flush()
        db.session.expire_all()  # its parent must not count it among its children any more
        return
    for key, kept in (wanted or {}).items():
        setattr(row, key, _value(kind, key, kept))
    db.session.flush()


def _differs(row: Model, expected: Columns) -> bool:
    here = _columns(row)
    return any(here[key] != kept for key, kept in expected.items() if key not in _INCIDENTAL)
