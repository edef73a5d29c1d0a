"""The list of people and roles of an event, for those who run it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select

from confsys.accounts.models import Affiliation, Organisation, Person
from confsys.core.db import db
from confsys.core.formatting import tx
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import RoleGrant, Track
from confsys.events.states import GrantState, Role
from confsys.events.words import GRANT_STATES, GRANT_TONES, ROLES


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One invitation or role. ``name`` is the person's own once they accepted, else the inviter's words."""

    id: int
    name: PersonName
    address: str
    affiliation: LocalizedText
    role: Role
    track: LocalizedText
    state: GrantState
    invited_at: datetime
    expires_at: datetime | None
    answered_at: datetime | None
    reason: str
    title: LocalizedText

    @property
    def role_word(self) -> Lazy:
        return ROLES[self.role]

    @property
    def state_word(self) -> Lazy:
        return GRANT_STATES[self.state]

    @property
    def tone(self) -> str:
        return GRANT_TONES[self.state]


def roster_query(event_id: int) -> Select[Any]:
    """Every invitation of the event with its person and track, whatever became of it."""
    query: Any = (
        select(RoleGrant, Person, Track.name.label("track"))
        .outerjoin(Person, Person.id == RoleGrant.person_id)
        .outerjoin(Track, Track.id == RoleGrant.track_id)
        .where(RoleGrant.event_id == event_id)
    )
    return query  # type: ignore[no-any-return]  # a Select of several things


def roster() -> Listing[RosterLine]:
    return Listing(
        name="people",
        columns=(
            Column(
                "name", _l("Name"), lambda m: m.name.both or m.address, func.coalesce(Person.sort_key, RoleGrant.name)
            ),
            Column("address", _l("E-mail"), lambda m: m.address, RoleGrant.address),
            Column("affiliation", _l("Organisation"), lambda m: tx(m.affiliation)),
            Column("role", _l("Role"), lambda m: str(m.role_word), RoleGrant.role),
            Column("track", _l("Track"), lambda m: tx(m.track)),
            Column("state", _l("Answer"), lambda m: str(m.state_word), RoleGrant.state, "state"),
            Column("invited", _l("Invited"), lambda m: m.invited_at, RoleGrant.invited_at, "date"),
            Column(
                "answered", _l("Answered"), lambda m: m.answered_at, RoleGrant.answered_at, "date", export_only=True
            ),
            Column("reason", _l("Reason for declining"), lambda m: m.reason, export_only=True),
            Column("title", _l("Display title"), lambda m: tx(m.title), export_only=True),
        ),
        view=_lines,
        search=_search,
        filters=(
            Filter("role", _l("Role"), lambda: [(role.value, ROLES[role]) for role in Role], _by_role),
            Filter("state", _l("Answer"), lambda: [(s.value, GRANT_STATES[s]) for s in GrantState], _by_state),
        ),
        default_sort="name",
        tie_break=(RoleGrant.id,),
    )


def _search(query: Select[Any], text: str) -> Select[Any]:
    pattern = like(text.lower())
    columns = (RoleGrant.address, RoleGrant.name, Person.sort_key, Person.native, Person.family, Person.given)
    return query.where(or_(*(func.lower(column).like(pattern, escape="\\") for column in columns)))


def _by_role(query: Select[Any], value: str) -> Select[Any]:
    return query.where(cast(RoleGrant.role, String) == value)


def _by_state(query: Select[Any], value: str) -> Select[Any]:
    return query.where(cast(RoleGrant.state, String) == value)


def _lines(rows: Sequence[Any]) -> list[RosterLine]:
    places = _present_places([person.id for _grant, person, _track in rows if person is not None])
    return [_line(grant, person, track, places) for grant, person, track in rows]


def _present_places(person_ids: Sequence[int]) -> dict[int, LocalizedText]:
    """Where each person works now. One query."""
    query = (
        select(Affiliation.person_id, Organisation.name)
        .join(Organisation)
        .where(Affiliation.person_id.in_(person_ids), Affiliation.ends_on.is_(None))
        .order_by(Affiliation.id.desc())
    )
    pairs: Any = db.session.execute(query).all()
    return dict(pairs)


def _line(
    grant: RoleGrant, person: Person | None, track: LocalizedText | None, places: dict[int, LocalizedText]
) -> RosterLine:
    return RosterLine(
        id=grant.id, name=person.name if person else PersonName(family=grant.name), address=grant.address,
        affiliation=places.get(person.id, LocalizedText()) if person else LocalizedText(), role=grant.role,
        track=track or LocalizedText(), state=grant.state, invited_at=grant.invited_at, expires_at=grant.expires_at,
        answered_at=grant.answered_at, reason=grant.decline_reason, title=grant.title,
    )  # fmt: skip


def grant_by_id(event_id: int, grant_id: int) -> RoleGrant | None:
    return db.session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.event_id == event_id))


def roster_line(event_id: int, grant_id: int) -> RosterLine:
    (line,) = _lines(db.session.execute(roster_query(event_id).where(RoleGrant.id == grant_id)).all())
    return line


def role_counts(event_id: int) -> list[tuple[Role, dict[GrantState, int]]]:
    """How many are invited, serve, declined, by role; roles nobody was asked for are left out."""
    query = select(RoleGrant.role, RoleGrant.state, func.count()).where(RoleGrant.event_id == event_id)
    counted: dict[Role, dict[GrantState, int]] = {}
    for role, state, number in db.session.execute(query.group_by(RoleGrant.role, RoleGrant.state)):
        counted.setdefault(role, {})[state] = number
    return [(role, counted[role]) for role in Role if role in counted]
