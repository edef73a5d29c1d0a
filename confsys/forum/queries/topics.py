"""Topics as their readers find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.formatting import tx
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.once import once_a_request
from confsys.core.viewer import Viewer
from confsys.events.models import Event, RoleGrant, Track
from confsys.events.queries.events import visible_to
from confsys.events.states import EventState, GrantState, Role
from confsys.forum.models import TopicProposal, TopicSupport
from confsys.forum.rules.topics import is_office
from confsys.forum.states import TopicKind, TopicState
from confsys.forum.words import TOPIC_KINDS, TOPIC_STATES


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in the list."""

    code: str
    title: str
    kind: TopicKind
    field: str
    state: TopicState
    support: int
    who: PersonName
    event: LocalizedText
    created_at: datetime

    @property
    def kind_word(self) -> Lazy:
        return TOPIC_KINDS[self.kind]

    @property
    def word(self) -> Lazy:
        return TOPIC_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return TOPIC_STATES[self.state][1]


def _open_events() -> Any:
    """Topics of a draft event would tell that it exists."""
    return or_(TopicProposal.event_id.is_(None), Event.state != EventState.DRAFT)


def public(event_id: int | None = None) -> Select[Any]:
    """What everybody reads: all but what was withdrawn, of the society or of one event."""
    query: Any = (
        select(TopicProposal, Person, Event.name)
        .join(Person, Person.id == TopicProposal.person_id)
        .outerjoin(Event, Event.id == TopicProposal.event_id)
        .where(TopicProposal.state != TopicState.WITHDRAWN)
    )
    of_event = _open_events() if event_id is None else TopicProposal.event_id == event_id
    return query.where(of_event)  # type: ignore[no-any-return]  # a Select of several things


def topics() -> Listing[TopicLine]:
    return Listing(
        name="topics",
        columns=(
            Column("title", _l("Topic"), lambda t: t.title, TopicProposal.title),
            Column("support", _l("Votes"), lambda t: t.support, TopicProposal.support, "number"),
            Column("kind", _l("Kind"), lambda t: str(t.kind_word), TopicProposal.kind),
            Column("field", _l("Field"), lambda t: t.field, TopicProposal.field),
            Column("state", _l("State"), lambda t: str(t.word), TopicProposal.state, "state"),
            Column("who", _l("Proposed by"), lambda t: t.who.both, Person.sort_key),
            Column("event", _l("For"), lambda t: tx(t.event)),
            Column("created", _l("Proposed"), lambda t: t.created_at, TopicProposal.created_at, "date"),
        ),
        view=_lines,
        search=_search,
        filters=(
            Filter("state", _l("State"), _state_choices, lambda query, value: _equals(query, "state", value)),
            Filter("kind", _l("Kind"), _kind_choices, lambda query, value: _equals(query, "kind", value)),
        ),
        default_sort="-support",
        tie_break=(TopicProposal.id,),
    )


def _state_choices() -> list[tuple[str, Lazy | str]]:
    return [(state.value, word) for state, (word, _tone) in TOPIC_STATES.items() if state is not TopicState.WITHDRAWN]


def _kind_choices() -> list[tuple[str, Lazy | str]]:
    return [(kind.value, word) for kind, word in TOPIC_KINDS.items()]


def _equals(query: AnySelect, column: str, value: str) -> AnySelect:
    return query.where(cast(getattr(TopicProposal, column), String) == value)


def _search(query: AnySelect, text: str) -> AnySelect:
    pattern = like(text.lower())
    columns = (TopicProposal.title, TopicProposal.field, TopicProposal.why, Person.sort_key, Person.native)
    return query.where(or_(*(func.lower(column).like(pattern, escape="\\") for column in columns)))


def _lines(rows: Sequence[Any]) -> list[TopicLine]:
    return [
        TopicLine(
            t.code, t.title, t.kind, t.field, t.state, t.support, person.name, name or LocalizedText(), t.created_at
        )
        for t, person, name in rows
    ]


def by_code(code: str) -> TopicProposal | None:
    query = select(TopicProposal).where(TopicProposal.code == code)
    loading = (
        joinedload(TopicProposal.person), joinedload(TopicProposal.event), joinedload(TopicProposal.track),
        joinedload(TopicProposal.became),
    )  # fmt: skip
    return db.session.scalar(query.options(*loading))


def supports(viewer: Viewer, proposal: TopicProposal) -> bool:
    query = select(TopicSupport.id).where(
        TopicSupport.proposal_id == proposal.id, TopicSupport.person_id == viewer.person_id
    )
    return viewer.signed_in and db.session.scalar(query) is not None


def own(viewer: Viewer) -> list[TopicProposal]:
    """What the viewer proposed, withdrawn or not."""
    query = select(TopicProposal).where(TopicProposal.person_id == viewer.person_id)
    return list(db.session.scalars(query.order_by(TopicProposal.id.desc()))) if viewer.signed_in else []


def to_decide(viewer: Viewer) -> int:
    """How many open topics wait for the viewer as a member of a committee. One query."""
    if not viewer.signed_in:
        return 0
    query = select(func.count()).select_from(TopicProposal).where(
        TopicProposal.state == TopicState.PROPOSED, TopicProposal.person_id != viewer.person_id
    )  # fmt: skip
    if not is_office(viewer):
        mine = select(RoleGrant.event_id).where(
            RoleGrant.person_id == viewer.person_id, RoleGrant.state == GrantState.ACTIVE,
            RoleGrant.role.in_((Role.ORGANISER, Role.CHAIR)),
        )  # fmt: skip
        query = query.where(TopicProposal.event_id.in_(mine))
    return db.session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class Origin:
    """The topic that a track or an event came from."""

    code: str
    title: str
    track_id: int | None


@once_a_request
def origins(event_id: int) -> list[Origin]:
    """The topics that an event or its tracks came from. One query."""
    query = (
        select(TopicProposal.code, TopicProposal.title, TopicProposal.track_id)
        .outerjoin(Track, Track.id == TopicProposal.track_id)
        .where(or_(TopicProposal.became_id == event_id, Track.event_id == event_id))
        .order_by(TopicProposal.id)
    )
    return [Origin(code, title, track_id) for code, title, track_id in db.session.execute(query)]


def seen_by(viewer: Viewer, event_id: int | None) -> Event | None:
    """The event that came of a topic, once its reader may know of it."""
    return db.session.scalar(visible_to(viewer).where(Event.id == event_id)) if event_id is not None else None


def proposed_in(first: datetime, last: datetime) -> list[TopicProposal]:
    """Everybody's topics of a span of time, the oldest first; what was withdrawn is gone."""
    return _proposed(TopicProposal.created_at >= first, TopicProposal.created_at < last)


def proposed_for(event_id: int) -> list[TopicProposal]:
    return _proposed(TopicProposal.event_id == event_id)


def _proposed(*conditions: Any) -> list[TopicProposal]:
    query = select(TopicProposal).where(TopicProposal.state != TopicState.WITHDRAWN, *conditions)
    return list(db.session.scalars(query.order_by(TopicProposal.created_at, TopicProposal.id)))
