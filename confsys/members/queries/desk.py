"""The office's lists of what waits: applications, dues, and what a referee is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.core.names import PersonName
from confsys.members.models import Application, Due, Referee, Tier
from confsys.members.queries.people import named_like
from confsys.members.states import OPEN_APPLICATIONS, ApplicationKind, ApplicationState, DueKind, DueState
from confsys.members.words import APPLICATION_STATES, DUE_KINDS, DUE_STATES, KINDS_OF_APPLICATION


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    id: int
    name: PersonName
    tier: LocalizedText
    kind: ApplicationKind
    state: ApplicationState
    submitted_at: datetime
    confirmed: int
    needed: int

    @property
    def word(self) -> Lazy:
        return APPLICATION_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return APPLICATION_STATES[self.state][1]

    @property
    def kind_word(self) -> Lazy:
        return KINDS_OF_APPLICATION[self.kind]


def all_applications() -> AnySelect:
    return (
        select(Application)
        .join(Application.person)
        .join(Application.tier)
        .options(joinedload(Application.person), joinedload(Application.tier), selectinload(Application.asked))
    )


def _application_rows(found: Sequence[Any]) -> list[ApplicationRow]:
    return [
        ApplicationRow(
            id=row.id, name=row.person.name, tier=row.tier.name, kind=row.kind, state=row.state,
            submitted_at=row.submitted_at, confirmed=row.confirmed, needed=row.tier.referees,
        )
        for (row,) in found
    ]  # fmt: skip


def _application_states() -> list[tuple[str, Lazy]]:
    return [(state.value, words[0]) for state, words in APPLICATION_STATES.items()]


applications: Listing[ApplicationRow] = Listing(
    name="applications",
    columns=[
        Column("name", _l("Name"), lambda r: str(r.name), Person.sort_key),
        Column("tier", _l("Class"), lambda r: str(r.tier), Tier.position),
        Column("kind", _l("Asks for"), lambda r: str(r.kind_word), Application.kind),
        Column("state", _l("State"), lambda r: str(r.word), Application.state, "state"),
        Column("referees", _l("Referees"), lambda r: f"{r.confirmed}/{r.needed}"),
        Column("submitted_at", _l("Received"), lambda r: r.submitted_at, Application.submitted_at, "date"),
    ],
    view=_application_rows,
    search=lambda query, text: query.where(named_like(text)),
    filters=[
        Filter(
            "state", _l("State"), _application_states,
            lambda query, value: query.where(Application.state.in_([value])),
        )
    ],
    default_sort="-submitted_at",
    tie_break=[Application.id.desc()],
)  # fmt: skip


def waiting_applications() -> int:
    """How many wait for the office itself."""
    query = select(func.count()).select_from(Application).where(Application.state == ApplicationState.OFFICE)
    return db.session.scalar(query) or 0


def application(application_id: int) -> Application | None:
    query = select(Application).where(Application.id == application_id)
    referees = selectinload(Application.asked).joinedload(Referee.person)
    return db.session.scalar(query.options(joinedload(Application.person), joinedload(Application.tier), referees))


def asked_of(person_id: int, at: datetime) -> list[Referee]:
    """Applicants who ask this member to vouch for them."""
    query = (
        select(Referee)
        .join(Referee.application)
        .where(
            Referee.person_id == person_id, Referee.answered_at.is_(None), Referee.expires_at >= at,
            Application.state.in_(OPEN_APPLICATIONS),
        )
        .options(joinedload(Referee.application).joinedload(Application.person))
        .order_by(Referee.id)
    )  # fmt: skip
    return list(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class DueRow:
    id: int
    name: PersonName
    tier: LocalizedText
    kind: DueKind
    state: DueState
    amount: Money
    created_at: datetime
    paid_at: datetime | None

    @property
    def word(self) -> Lazy:
        return DUE_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return DUE_STATES[self.state][1]

    @property
    def kind_word(self) -> Lazy:
        return DUE_KINDS[self.kind]


def all_dues() -> AnySelect:
    return select(Due).join(Due.person).options(joinedload(Due.person), joinedload(Due.tier))


def _due_rows(found: Sequence[Any]) -> list[DueRow]:
    return [
        DueRow(
            id=row.id, name=row.person.name, tier=row.tier.name, kind=row.kind, state=row.state, amount=row.amount,
            created_at=row.created_at, paid_at=row.paid_at,
        )
        for (row,) in found
    ]  # fmt: skip


dues: Listing[DueRow] = Listing(
    name="dues",
    columns=[
        Column("name", _l("Name"), lambda r: str(r.name), Person.sort_key),
        Column("tier", _l("Class"), lambda r: str(r.tier)),
        Column("kind", _l("For"), lambda r: str(r.kind_word), Due.kind),
        Column("amount", _l("Amount"), lambda r: r.amount.amount, Due.amount_minor, "number"),
        Column("currency", _l("Currency"), lambda r: r.amount.currency, export_only=True),
        Column("state", _l("State"), lambda r: str(r.word), Due.state, "state"),
        Column("created_at", _l("Asked on"), lambda r: r.created_at, Due.created_at, "date"),
        Column("paid_at", _l("Paid on"), lambda r: r.paid_at, Due.paid_at, "date"),
    ],
    view=_due_rows,
    search=lambda query, text: query.where(named_like(text)),
    filters=[
        Filter(
            "state", _l("State"), lambda: [(state.value, words[0]) for state, words in DUE_STATES.items()],
            lambda query, value: query.where(Due.state.in_([value])),
        )
    ],
    default_sort="-created_at",
    tie_break=[Due.id.desc()],
)  # fmt: skip
