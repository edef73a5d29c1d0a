"""Suggestions: the filer's own, what a body has to answer, the office's list, and what everybody may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core.db import db
from confsys.core.i18n import Lazy, current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.reporting import FEW
from confsys.members.models import Body, Office, OfficeTerm, Suggestion
from confsys.members.queries.people import named_like
from confsys.members.standing import MemberStanding, SuggestionStanding
from confsys.members.states import SuggestionState, SuggestionTopic
from confsys.members.words import SUGGESTION_STATES, SUGGESTION_TOPICS

S = SuggestionState


def by_code(code: str) -> Suggestion | None:
    query = select(Suggestion).where(Suggestion.code == code)
    return db.session.scalar(query.options(selectinload(Suggestion.person), selectinload(Suggestion.body)))


def standing_to(row: Suggestion, member: MemberStanding) -> SuggestionStanding:
    me = member.viewer.person_id
    return SuggestionStanding(
        member, row.state, is_filer=me is not None and row.person_id == me,
        answers=row.body_id is not None and row.body_id in member.bodies, is_public=row.is_public,
        rated=row.rating is not None,
    )  # fmt: skip


def filed_by(person_id: int) -> list[Suggestion]:
    query = select(Suggestion).where(Suggestion.person_id == person_id).options(selectinload(Suggestion.body))
    return list(db.session.scalars(query.order_by(Suggestion.id.desc())))


def to_answer(bodies: Collection[int]) -> list[Suggestion]:
    """What waits for an answer from these bodies, the most urgent first."""
    if not bodies:
        return []
    query = select(Suggestion).where(Suggestion.state == S.ROUTED, Suggestion.body_id.in_(bodies))
    return list(db.session.scalars(query.options(selectinload(Suggestion.body)).order_by(Suggestion.due_on)))


def unrouted() -> int:
    """How many wait for the office to hand them on."""
    return db.session.scalar(select(func.count(Suggestion.id)).where(Suggestion.state == S.FILED)) or 0


def waiting_for_answer(until: date) -> list[Suggestion]:
    """Those due by a day, for the daily round."""
    query = select(Suggestion).where(Suggestion.state == S.ROUTED, Suggestion.due_on <= until)
    return list(db.session.scalars(query.options(selectinload(Suggestion.body)).order_by(Suggestion.id)))


def asked_to_answer(row: Suggestion, day: date, *, office_too: bool = False) -> list[Person]:
    """Who holds an office in the body today; the secretaries where nobody does, or where they must know, too."""
    in_office = (
        select(OfficeTerm.person_id)
        .join(Office, Office.id == OfficeTerm.office_id)
        .where(
            Office.body_id == row.body_id, OfficeTerm.starts_on <= day,
            or_(OfficeTerm.ends_on.is_(None), OfficeTerm.ends_on >= day),
        )
    )  # fmt: skip
    emails = selectinload(Person.emails)
    holders = list(db.session.scalars(select(Person).where(Person.id.in_(in_office)).options(emails)))
    if holders and not office_too:
        return holders
    desk = select(Person).where(Person.roles.any(SiteRoleGrant.role == SiteRole.SECRETARY)).options(emails)
    return list({person.id: person for person in [*holders, *db.session.scalars(desk)]}.values())


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """One line; ``name`` is absent (None) where the reader may not know it."""

    code: str
    title: str
    name: PersonName | None
    topic: SuggestionTopic
    state: SuggestionState
    body: LocalizedText
    filed_at: datetime
    due_on: date | None
    answered_at: datetime | None
    in_time: bool | None
    rating: int | None

    @property
    def word(self) -> Lazy:
        return SUGGESTION_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return SUGGESTION_STATES[self.state][1]

    @property
    def topic_word(self) -> Lazy:
        return SUGGESTION_TOPICS[self.topic]


def _row(row: Suggestion, *, named: bool) -> SuggestionRow:
    return SuggestionRow(
        code=row.code, title=row.title, name=row.person.name if named else None, topic=row.topic, state=row.state,
        body=row.body.name if row.body is not None else LocalizedText(), filed_at=row.filed_at, due_on=row.due_on,
        answered_at=row.answered_at, in_time=row.in_time, rating=row.rating,
    )  # fmt: skip


def all_suggestions() -> AnySelect:
    """For the office."""
    return (
        select(Suggestion)
        .join(Suggestion.person)
        .outerjoin(Body, Body.id == Suggestion.body_id)
        .options(joinedload(Suggestion.person), joinedload(Suggestion.body))
    )


def published() -> AnySelect:
    """What everybody may read: answered, agreed to by the filer, not kept back."""
    return all_suggestions().where(Suggestion.state == S.ANSWERED, Suggestion.shares, ~Suggestion.kept_back)


def _topics() -> list[tuple[str, Lazy]]:
    return [(topic.value, word) for topic, word in SUGGESTION_TOPICS.items()]


def _bodies() -> list[tuple[str, str]]:
    query = select(Body).order_by(Body.kind, Body.position)
    return [(body.key, body.name.in_(current_locale())) for body in db.session.scalars(query)]


_TOPIC = Filter("topic", _l("Topic"), _topics, lambda query, value: query.where(Suggestion.topic.in_([value])))


def _said(text: str) -> Any:
    pattern = like(text.lower())
    return or_(func.lower(Suggestion.title).like(pattern, escape="\\"), Suggestion.text.like(like(text), escape="\\"))


def office_list(day: date) -> Listing[SuggestionRow]:
    """The office's list as it reads on a day."""

    def urgency(query: AnySelect, value: str) -> AnySelect:
        waits = Suggestion.state == S.ROUTED
        late = {
            "late": and_(waits, Suggestion.due_on < day), "answered-late": Suggestion.in_time.is_(False),
            "in-time": Suggestion.in_time.is_(True),
        }  # fmt: skip
        return query.where(late[value]) if value in late else query

    return Listing(
        name="suggestions",
        columns=[
            Column("title", _l("Suggestion"), lambda r: r.title, Suggestion.title),
            Column("name", _l("Suggested by"), lambda r: str(r.name), Person.sort_key),
            Column("topic", _l("Topic"), lambda r: str(r.topic_word), Suggestion.topic),
            Column("state", _l("State"), lambda r: str(r.word), Suggestion.state, "state"),
            Column("body", _l("With"), lambda r: str(r.body), Body.position),
            Column("filed_at", _l("Received"), lambda r: r.filed_at, Suggestion.filed_at, "date"),
            Column("due_on", _l("Due"), lambda r: r.due_on, Suggestion.due_on, "date"),
            Column("answered_at", _l("Answered"), lambda r: r.answered_at, Suggestion.answered_at, "date"),
            Column("rating", _l("Rated"), lambda r: r.rating, Suggestion.rating, "number"),
        ],
        view=lambda found: [_row(row, named=True) for (row,) in found],
        search=lambda query, text: query.where(or_(_said(text), named_like(text))),
        filters=[
            Filter(
                "state", _l("State"), lambda: [(s.value, words[0]) for s, words in SUGGESTION_STATES.items()],
                lambda query, value: query.where(Suggestion.state.in_([value])),
            ),
            _TOPIC,
            Filter("body", _l("With"), _bodies, lambda query, value: query.where(Body.key == value)),
            Filter(
                "answer", _l("Answer"),
                lambda: [("late", _l("overdue")), ("in-time", _l("came in time")), ("answered-late", _l("came late"))],
                urgency,
            ),
        ],
        default_sort="-filed_at",
        tie_break=[Suggestion.id.desc()],
    )  # fmt: skip


def _public_rows(found: Sequence[Any]) -> list[SuggestionRow]:
    return [_row(row, named=row.named) for (row,) in found]


#: Without a column of names to sort or search by: who is not named must not be found by their name.
public_list: Listing[SuggestionRow] = Listing(
    name="suggestions",
    columns=[
        Column("title", _l("Suggestion"), lambda r: r.title, Suggestion.title),
        Column("topic", _l("Topic"), lambda r: str(r.topic_word), Suggestion.topic),
        Column("body", _l("Answered by"), lambda r: str(r.body), Body.position),
        Column("answered_at", _l("Answered"), lambda r: r.answered_at, Suggestion.answered_at, "date"),
    ],
    view=_public_rows,
    search=lambda query, text: query.where(_said(text)),
    filters=[_TOPIC],
    default_sort="-answered_at",
    tie_break=[Suggestion.id.desc()],
)


@dataclass(frozen=True, slots=True)
class SuggestionFigures:
    """Of suggestions received between two moments; ``late`` wait beyond their day, ``rating`` is None below five."""

    received: int
    answered: int
    in_time: int
    waiting: int
    late: int
    rating: float | None

    @property
    def share_in_time(self) -> float | None:
        """Of all whose day has come or that are answered: one that is overdue counts against."""
        due = self.answered + self.late
        return self.in_time / due if due else None


def figures(day: date, first: datetime | None = None, last: datetime | None = None) -> SuggestionFigures:
    """One query. ``first`` and ``last``: received from the one until before the other."""
    waits = Suggestion.state.in_([S.FILED, S.ROUTED])
    query: Any = select(
        func.count(Suggestion.id).label("received"),
        func.count(Suggestion.answered_at).label("answered"),
        func.count(Suggestion.id).filter(Suggestion.in_time.is_(True)).label("in_time"),
        func.count(Suggestion.id).filter(waits).label("waiting"),
        func.count(Suggestion.id).filter(Suggestion.state == S.ROUTED, Suggestion.due_on < day).label("late"),
        func.count(Suggestion.rating).label("rated"),
        func.avg(Suggestion.rating).label("rating"),
    ).where(Suggestion.state != S.WITHDRAWN)
    if first is not None:
        query = query.where(Suggestion.filed_at >= first)
    if last is not None:
        query = query.where(Suggestion.filed_at < last)
    row = db.session.execute(query).one()
    rating = float(row.rating) if row.rated >= FEW else None
    return SuggestionFigures(row.received, row.answered, row.in_time, row.waiting, row.late, rating)
