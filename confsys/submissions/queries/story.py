"""The story of a paper: its audit entries as its authors and its staff may read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.formatting import join
from confsys.core.i18n import gettext as _
from confsys.submissions.models import Submission
from confsys.submissions.sentences import STORY, STORY_TONES
from confsys.submissions.states import FileKind
from confsys.submissions.wording import FILE_WORDS, PART_WORDS

#: Saves of one person within this time are one line.
TOGETHER = timedelta(hours=1)
_SAVES = {"submission.save", "submission.edit"}


@dataclass(frozen=True, slots=True)
class StoryLine:
    """As the ``story`` macro draws it."""

    when: datetime
    what: str
    who: str = ""
    state: str = "closed"
    note: str = ""
    href: str = ""


def story(paper: Submission, *, for_authors: bool) -> list[StoryLine]:
    """Newest first. To authors only their own names are named; everybody else is "the organisers"."""
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.object_type == "submission",
            AuditEntry.object_id == paper.id,
            AuditEntry.action.in_(STORY),
            AuditEntry.scope == "",
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(500)
    )
    entries = _together(db.session.scalars(query))
    names = _names(paper, {entry.actor_id for entry, _facts in entries}, for_authors=for_authors)
    return [
        StoryLine(
            when=entry.at,
            what=str(STORY[entry.action]) % _told(facts),
            who=names.get(entry.actor_id, _("the organisers") if entry.actor_id else ""),
            state=STORY_TONES.get(entry.action, "closed"),
        )
        for entry, facts in entries
    ]


def _together(entries: Iterable[AuditEntry]) -> list[tuple[AuditEntry, dict[str, Any]]]:
    """Saves that follow each other closely become the newest of them, with all the parts they changed."""
    told: list[tuple[AuditEntry, dict[str, Any]]] = []
    for entry in entries:
        newer, facts = told[-1] if told else (None, {})
        alike = newer is not None and (newer.action, newer.actor_id) == (entry.action, entry.actor_id)
        if newer is not None and alike and entry.action in _SAVES and newer.at - entry.at < TOGETHER:
            facts["parts"] = list(dict.fromkeys([*facts["parts"], *entry.facts["parts"]]))
        else:
            told.append((entry, dict(entry.facts)))
    return told


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts in the reader's words."""
    words = dict(facts)
    if "parts" in facts:
        words["parts"] = join([PART_WORDS[part] for part in PART_WORDS if part in facts["parts"]])
    if "kind" in facts:
        words["kind"] = FILE_WORDS[FileKind(facts["kind"])]
    return words


def _names(paper: Submission, people: set[int | None], *, for_authors: bool) -> dict[int | None, str]:
    names: dict[int | None, str] = {a.person_id: a.name.both for a in paper.authors if a.person_id is not None}
    if for_authors:
        return names
    others = people - set(names) - {None}
    if others:
        for person in db.session.scalars(select(Person).where(Person.id.in_(others))):
            names[person.id] = person.name.both
    return names
