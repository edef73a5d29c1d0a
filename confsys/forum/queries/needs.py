"""Needs as their readers find them. The confidential part has one door: ``detail_of``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Affiliation, Organisation, Person
from confsys.core.db import db
from confsys.core.formatting import tx
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.viewer import Viewer
from confsys.forum.matching import Fit, Helper, Wanted, ranked
from confsys.forum.models import Demo, Expert, Need, NeedMatch
from confsys.forum.rules.needs import LIVE, NeedStanding, may_find_experts, may_read_detail
from confsys.forum.states import DemoState, MatchState, NeedState, Outcome
from confsys.forum.words import NEED_STATES


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need in the list; ``company`` is empty where the company is not named to everybody."""

    code: str
    title: str
    field: str
    state: NeedState
    company: LocalizedText
    created_at: datetime

    @property
    def word(self) -> Lazy:
        return NEED_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return NEED_STATES[self.state][1]


def visible(event_id: int, *, runs: bool) -> Select[Any]:
    """Live needs; those who run the forum also read what is closed."""
    query: Any = (
        select(Need, Organisation.name)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .where(Need.event_id == event_id)
    )
    return query if runs else query.where(Need.state.in_(LIVE))  # type: ignore[no-any-return]  # several things


def needs(*, runs: bool) -> Listing[NeedLine]:
    """``runs``: companies that are not named to everybody are named."""

    def lines(rows: Sequence[Any]) -> list[NeedLine]:
        return [
            NeedLine(n.code, n.title, n.field, n.state, name if n.named or runs else LocalizedText(), n.created_at)
            for n, name in rows
        ]

    return Listing(
        name="needs",
        columns=(
            Column("title", _l("Need"), lambda n: n.title, Need.title),
            Column("field", _l("Field"), lambda n: n.field, Need.field),
            Column("company", _l("Company"), lambda n: tx(n.company)),
            Column("state", _l("State"), lambda n: str(n.word), Need.state, "state"),
            Column("created", _l("Posted"), lambda n: n.created_at, Need.created_at, "date"),
        ),
        view=lines,
        search=_search,
        filters=(Filter("state", _l("State"), lambda: _choices(runs), _by_state),),
        default_sort="-created",
        tie_break=(Need.id,),
    )


def _choices(runs: bool) -> list[tuple[str, Lazy | str]]:
    return [(state.value, word) for state, (word, _tone) in NEED_STATES.items() if runs or state in LIVE]


def _by_state(query: AnySelect, value: str) -> AnySelect:
    return query.where(cast(Need.state, String) == value)


def _search(query: AnySelect, text: str) -> AnySelect:
    """In what everybody reads: a search must not tell what the detail or a hidden name says."""
    pattern = like(text.lower())
    columns = (Need.title, Need.field, Need.problem)
    return query.where(or_(*(func.lower(column).like(pattern, escape="\\") for column in columns)))


def by_code(event_id: int, code: str) -> Need | None:
    query = select(Need).where(Need.code == code, Need.event_id == event_id)
    return db.session.scalar(query.options(joinedload(Need.organisation), joinedload(Need.person)))


def detail_of(need: Need, standing: NeedStanding) -> str:
    """The confidential part, for those it is meant for; for everybody else it is not even fetched."""
    if not may_read_detail(standing):
        return ""
    return db.session.scalar(select(Need.confidential).where(Need.id == need.id)) or ""


def own_needs(event_id: int, viewer: Viewer) -> list[Need]:
    query = select(Need).where(Need.event_id == event_id, Need.person_id == viewer.person_id)
    return list(db.session.scalars(query.order_by(Need.id.desc()))) if viewer.signed_in else []


def organisations_of(viewer: Viewer) -> list[tuple[int, LocalizedText]]:
    """Where the viewer works now: for whom they may speak."""
    query = (
        select(Organisation.id, Organisation.name)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.person_id == viewer.person_id, Affiliation.ends_on.is_(None))
        .order_by(Affiliation.id.desc())
    )
    return [(number, name) for number, name in db.session.execute(query)] if viewer.signed_in else []


def expert_of(person_id: int | None) -> Expert | None:
    return db.session.scalar(select(Expert).where(Expert.person_id == person_id)) if person_id is not None else None


def expert_by_id(expert_id: int) -> Expert | None:
    query = select(Expert).where(Expert.id == expert_id, Expert.active)
    return db.session.scalar(query.options(joinedload(Expert.person).selectinload(Person.emails)))


def match_with(need: Need, expert: Expert | None) -> NeedMatch | None:
    if expert is None:
        return None
    query = select(NeedMatch).where(NeedMatch.need_id == need.id, NeedMatch.expert_id == expert.id)
    return db.session.scalar(query)


def match_by_id(number: int) -> NeedMatch | None:
    query = select(NeedMatch).where(NeedMatch.id == number)
    loading = (
        joinedload(NeedMatch.need).joinedload(Need.organisation), joinedload(NeedMatch.need).joinedload(Need.event),
        joinedload(NeedMatch.need).joinedload(Need.person).selectinload(Person.emails),
        joinedload(NeedMatch.expert).joinedload(Expert.person).selectinload(Person.emails),
    )  # fmt: skip
    return db.session.scalar(query.options(*loading))


def matches_of(need: Need) -> list[NeedMatch]:
    """Everything that was begun for a need, for the company and those who run the forum."""
    query = select(NeedMatch).where(NeedMatch.need_id == need.id).order_by(NeedMatch.id)
    return list(db.session.scalars(query.options(joinedload(NeedMatch.expert).joinedload(Expert.person))))


def fitting(need: Need, standing: NeedStanding) -> list[tuple[Fit, Expert]]:
    """Experts who fit, best first, with why; not those who work at the company, not those asked before."""
    if not may_find_experts(standing):
        return []
    asked = select(NeedMatch.expert_id).where(NeedMatch.need_id == need.id)
    there = select(Affiliation.person_id).where(
        Affiliation.organisation_id == need.organisation_id, Affiliation.ends_on.is_(None)
    )
    query = select(Expert).where(
        Expert.active, Expert.id.not_in(asked), Expert.person_id.not_in(there), Expert.person_id != need.person_id
    )
    experts = {e.id: e for e in db.session.scalars(query.options(joinedload(Expert.person)))}
    busy = _busy(list(experts))
    helpers = [Helper(e.id, e.fields, e.person.expertise, busy.get(e.id, 0)) for e in experts.values()]
    found = ranked(Wanted(need.title, need.field, need.problem), helpers)
    return [(fit, experts[fit.id]) for fit in found[:12]]


def _busy(expert_ids: list[int]) -> dict[int, int]:
    query = select(NeedMatch.expert_id, func.count()).where(
        NeedMatch.expert_id.in_(expert_ids), NeedMatch.state == MatchState.AGREED
    )
    pairs: Any = db.session.execute(query.group_by(NeedMatch.expert_id)).all()
    return dict(pairs)


def to_answer(person_id: int) -> list[NeedMatch]:
    """Matches that wait for this person, as company or as expert. One query."""
    query = (
        select(NeedMatch)
        .join(Need, Need.id == NeedMatch.need_id)
        .join(Expert, Expert.id == NeedMatch.expert_id)
        .where(
            NeedMatch.state == MatchState.WAITING,
            or_(
                (Need.person_id == person_id) & ~NeedMatch.company_yes,
                (Expert.person_id == person_id) & ~NeedMatch.expert_yes,
            ),
        )
        .options(joinedload(NeedMatch.need).joinedload(Need.event))
        .order_by(NeedMatch.id)
    )
    return list(db.session.scalars(query))


def demos_of(event_id: int, *, runs: bool) -> list[Demo]:
    """Those that have their place, in the order of time; whoever runs the forum reads all but the withdrawn."""
    shown = Demo.state != DemoState.WITHDRAWN if runs else Demo.state == DemoState.PLACED
    query = select(Demo).where(Demo.event_id == event_id, shown)
    loading = joinedload(Demo.organisation), joinedload(Demo.person)
    return list(db.session.scalars(query.options(*loading).order_by(Demo.starts_at.nulls_last(), Demo.id)))


def own_demos(event_id: int, viewer: Viewer) -> list[Demo]:
    query = select(Demo).where(Demo.event_id == event_id, Demo.person_id == viewer.person_id)
    return list(db.session.scalars(query.order_by(Demo.id))) if viewer.signed_in else []


def demo_by_id(event_id: int, number: int) -> Demo | None:
    query = select(Demo).where(Demo.id == number, Demo.event_id == event_id)
    return db.session.scalar(query.options(joinedload(Demo.organisation), joinedload(Demo.person)))


@dataclass(frozen=True, slots=True)
class PostedNeed:
    """A need in the report of those who run the forum: without names and without the detail."""

    title: str
    field: str
    state: NeedState
    asked: int
    agreed: int
    outcome: Outcome | None

    @property
    def came_to_something(self) -> bool:
        return self.outcome is not None and self.outcome is not Outcome.NOTHING


def posted_needs(event_id: int) -> list[PostedNeed]:
    """Needs of an event with what came of them. Two queries."""
    rows = list(db.session.scalars(select(Need).where(Need.event_id == event_id).order_by(Need.id)))
    found: dict[int, list[NeedMatch]] = {row.id: [] for row in rows}
    for match in db.session.scalars(select(NeedMatch).where(NeedMatch.need_id.in_(found)).order_by(NeedMatch.id)):
        found[match.need_id].append(match)
    return [_posted(row, found[row.id]) for row in rows]


def _posted(need: Need, matches: Sequence[NeedMatch]) -> PostedNeed:
    outcomes = [match.outcome for match in matches if match.outcome is not None]
    agreed = sum(match.company_yes and match.expert_yes for match in matches)
    last = outcomes[-1] if outcomes else None
    return PostedNeed(need.title, need.field, need.state, len(matches), agreed, last)
