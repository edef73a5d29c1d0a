"""Conflicts of interest: found between papers and the committee, kept as rows, set and dismissed by chairs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.events.models import RoleGrant
from confsys.events.states import GrantState, Role
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.operations import ties
from confsys.submissions.states import ConflictKind, ConflictSource, ConflictState

#: Roles in which somebody might see a paper they should keep away from.
COMMITTEE = (Role.REVIEWER, Role.TRACK_CHAIR, Role.CHAIR)
_OURS = (ConflictSource.DETECTED, ConflictSource.DECLARED_BY_AUTHOR)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a comparison changed."""

    added: int
    removed: int


def committee(event_id: int) -> list[int]:
    """People who hold a role in which papers are read."""
    query = select(RoleGrant.person_id).where(
        RoleGrant.event_id == event_id,
        RoleGrant.role.in_(COMMITTEE),
        RoleGrant.state == GrantState.ACTIVE,
        RoleGrant.person_id.is_not(None),
    )
    return sorted({person_id for person_id in db.session.scalars(query) if person_id is not None})


@operation
def refresh(
    event_id: int, *, people: Collection[int] | None = None, papers: Collection[int] | None = None, at: datetime
) -> Refreshed:
    """Compare papers with people and bring the found and declared conflicts up to date.

    ``people``: ids of persons, default the event's committee; ``papers``: ids, default all submitted ones. What
    chairs or reviewers set is left alone, and so is what a chair dismissed or pinned.
    """
    members = committee(event_id) if people is None else sorted(set(people))
    if not members:
        return Refreshed(0, 0)
    written = ties.papers(event_id, papers)
    wanted = ties.conflicts(written, members, at=at)
    existing = _existing(written, members)
    missing = [
        {
            "submission_id": key[0], "person_id": key[1], "kind": key[2], "source": found.source, "note": found.note,
            "state": ConflictState.ACTIVE, "pinned": False, "created_at": at, "version": 1,
        }
        for key, found in wanted.items() if key not in existing
    ]  # fmt: skip
    gone = [
        row.id
        for key, row in existing.items()
        if key not in wanted and row.source in _OURS and row.state is ConflictState.ACTIVE and not row.pinned
    ]
    if missing:
        db.session.execute(insert(Conflict), missing)
    if gone:
        db.session.execute(delete(Conflict).where(Conflict.id.in_(gone)))
    return Refreshed(len(missing), len(gone))


def _existing(written: Sequence[ties.Paper], members: Sequence[int]) -> dict[ties.Key, Conflict]:
    ids, wanted = [paper.id for paper in written], set(members)
    query = select(Conflict).where(Conflict.submission_id.in_(ids))
    if len(members) < 500:
        query = query.where(Conflict.person_id.in_(members))
    rows = db.session.scalars(query)
    return {(row.submission_id, row.person_id, row.kind): row for row in rows if row.person_id in wanted}


@operation
def declare(
    paper: Submission,
    person: Person,
    kind: ConflictKind,
    source: ConflictSource,
    *,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Conflict:
    """Bar ``person`` from ``paper``. By a chair it is pinned: neither authors nor comparison take it away.

    The caller has checked who may. A conflict of this kind that was dismissed becomes active again.
    """
    key = (Conflict.submission_id == paper.id, Conflict.person_id == person.id, Conflict.kind == kind)
    row = db.session.scalar(select(Conflict).where(*key))
    if row is None:
        row = Conflict(submission_id=paper.id, person_id=person.id, kind=kind, created_at=at)
    elif row.state is ConflictState.ACTIVE and row.source is source:
        return row
    row.source, row.state, row.note = source, ConflictState.ACTIVE, note[:300]
    row.pinned = source is ConflictSource.CHAIR
    record("conflict.declare", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number, kind=kind)
    return row


@operation
def dismiss(conflict: Conflict, *, paper: Submission, version: int | None = None, actor: Actor, at: datetime) -> None:
    """A chair looked at it and it bars nobody. Authors stay barred from their own paper whatever is dismissed."""
    expect_version(conflict, version)
    if conflict.state is ConflictState.DISMISSED:
        return
    conflict.state = ConflictState.DISMISSED
    _settle(conflict)
    record("conflict.dismiss", conflict, actor=actor, at=at, event_id=paper.event_id, number=paper.number)


@operation
def reinstate(conflict: Conflict, *, paper: Submission, version: int | None = None, actor: Actor, at: datetime) -> None:
    """Take a dismissal back."""
    expect_version(conflict, version)
    if conflict.state is ConflictState.ACTIVE:
        return
    conflict.state = ConflictState.ACTIVE
    _settle(conflict)
    record("conflict.reinstate", conflict, actor=actor, at=at, event_id=paper.event_id, number=paper.number)


@operation
def confirm(conflict: Conflict, *, paper: Submission, version: int | None = None, actor: Actor, at: datetime) -> None:
    """A chair looked at it and it stands: neither authors nor comparison take it away, and no objection waits."""
    expect_version(conflict, version)
    if conflict.pinned and conflict.state is ConflictState.ACTIVE and not conflict.dispute:
        return
    conflict.state, conflict.pinned = ConflictState.ACTIVE, True
    _settle(conflict)
    record("conflict.confirm", conflict, actor=actor, at=at, event_id=paper.event_id, number=paper.number)


@operation
def dispute(conflict: Conflict, reason: str, *, paper: Submission, actor: Actor, at: datetime) -> None:
    """An author or the person concerned says that it is none. It bars as before until a chair has looked at it.

    The caller has checked who may.
    """
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Invalid(reason=_l("Please say in a few words why; the chairs will read it."))
    if conflict.state is not ConflictState.ACTIVE or conflict.pinned:
        raise Invalid(_l("The chairs have looked at this conflict already."))
    conflict.dispute, conflict.disputed_at, conflict.disputed_by_id = reason, at, actor.person_id
    record("conflict.dispute", conflict, actor=actor, at=at, event_id=paper.event_id, changes={}, number=paper.number)


def _settle(conflict: Conflict) -> None:
    """No objection waits any more."""
    conflict.dispute, conflict.disputed_at, conflict.disputed_by_id = "", None, None
