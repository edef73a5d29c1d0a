"""What happened in an event, as its organisers may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from confsys.accounts.models import Person
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import gettext as _
from confsys.core.names import PersonName
from confsys.core.registry import features
from confsys.events.models import Event
from confsys.events.words import ROLES, STAGES

if TYPE_CHECKING:
    from confsys.events.context import EventPage

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One entry: ``who`` did ``what`` ``when``. ``changes`` names the fields that changed."""

    when: datetime
    who: str
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    lines: list[StoryLine]
    total: int
    number: int
    pages: int


def _entries(event: Event) -> Select[Any]:
    """Entries without a scope of their own: those of a confidential circle are not here, nor counted."""
    about = or_(
        AuditEntry.event_id == event.id,
        and_(AuditEntry.object_type == "event", AuditEntry.object_id == event.id),
    )
    query: Any = (
        select(AuditEntry, Person.given, Person.family, Person.native)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(about, AuditEntry.scope == "")
    )
    return query  # type: ignore[no-any-return]  # a Select of several things


def story_of(page: EventPage, number: int = 1, room: str = "") -> StoryPage:
    """One page of the story, the latest first; ``room`` narrows it to one feature's actions.

    A room's entries are told only where the room says which of them this reader may know of (``Feature.story``):
    a paper the reader has a conflict with, or somebody's draft, must not show here, nor in the count.
    """
    told: list[ColumnElement[bool]] = []
    sentences: dict[str, Lazy | str] = {}
    for feature in features():
        sentences.update(feature.sentences)
        if feature.story is not None and feature.sentences and room in ("", feature.name):
            told.append(and_(AuditEntry.action.in_(feature.sentences), feature.story(page)))
    query = _entries(page.event).where(or_(false(), *told))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), pages)
    query = query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    lines = [_line(entry, PersonName(given, family, native), sentences) for entry, given, family, native in rows]
    return StoryPage(lines, total, number, pages)


def _in_words(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts that name a member of a closed set are told by its word."""
    words: dict[str, Any] = {"role": ROLES, "stage": STAGES}
    return {key: words[key].get(value, value) if key in words else value for key, value in facts.items()}


def _line(entry: AuditEntry, name: PersonName, sentences: dict[str, Lazy | str]) -> StoryLine:
    """A sentence that lacks a fact (an older entry) is shown as it stands rather than not at all."""
    sentence = str(sentences.get(entry.action, entry.action))
    try:
        what = sentence % _in_words(entry.facts) if "%(" in sentence else sentence
    except (KeyError, TypeError, ValueError):
        what = sentence
    return StoryLine(entry.at, name.both or _("the system"), what, ", ".join(sorted(entry.changes)))
