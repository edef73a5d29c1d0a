"""The directory of members: who agreed to be found, and what of them. What is not agreed to is not searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.lookup import lookup_key
from confsys.accounts.models import Affiliation, Organisation, Person
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.members.consent import enough, reads
from confsys.members.models import Body, Honour, Member, Term, Tier
from confsys.members.queries.honours import honours_of
from confsys.members.queries.membership import tiers
from confsys.members.queries.people import named_like
from confsys.members.states import Audience, TermState


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as a reader of the directory may know them; None is "not said"."""

    id: int
    name: PersonName
    tier: LocalizedText
    affiliation: LocalizedText | None
    branch: LocalizedText | None
    expertise: tuple[str, ...]
    #: (title, year), the latest first.
    honours: tuple[tuple[LocalizedText, int], ...]
    email: str | None


def listed(reader: Audience, day: date) -> AnySelect:
    """Members of today who agreed to be found by such a reader. The lapsed are gone with their term."""
    valid = exists().where(
        Term.member_id == Member.id, Term.state == TermState.ACTIVE, Term.starts_on <= day, Term.grace_until >= day
    )
    return (
        select(Member, Body.name)
        .join(Member.person)
        .join(Member.tier)
        .outerjoin(Body, Body.id == Member.branch_id)
        .where(_agreed("name", reader), valid, or_(Member.ended_on.is_(None), Member.ended_on > day))
        .options(
            joinedload(Member.tier),
            joinedload(Member.person).options(
                selectinload(Person.emails), selectinload(Person.affiliations).joinedload(Affiliation.organisation)
            ),
        )
    )


def _agreed(field: str, reader: Audience) -> Any:
    return Member.consent[field].as_string().in_(enough(reader))


def directory(reader: Audience, day: date) -> Listing[Entry]:
    def rows(found: Sequence[Any]) -> list[Entry]:
        given = honours_of([member.person_id for member, _branch in found])
        return [_entry(member, branch, given[member.person_id], reader, day) for member, branch in found]

    def search(query: AnySelect, text: str) -> AnySelect:
        works = exists().where(
            Affiliation.person_id == Member.person_id, Organisation.id == Affiliation.organisation_id,
            or_(Affiliation.ends_on.is_(None), Affiliation.ends_on >= day),
            Organisation.lookup.like(like(lookup_key(text)), escape="\\"),
        )  # fmt: skip
        return query.where(or_(named_like(text), and_(_agreed("affiliation", reader), works)))

    return Listing(
        name="directory",
        columns=[
            Column("name", _l("Name"), lambda r: str(r.name), Person.sort_key),
            Column("tier", _l("Class"), lambda r: str(r.tier), Tier.position),
            Column("affiliation", _l("Works at"), lambda r: str(r.affiliation or "")),
            Column("branch", _l("Branch"), lambda r: str(r.branch or "")),
            Column("expertise", _l("Knows about"), lambda r: ", ".join(r.expertise)),
            Column("honours", _l("Honours"), lambda r: "; ".join(f"{title} ({year})" for title, year in r.honours)),
            Column("email", _l("E-mail"), lambda r: r.email or ""),
        ],
        view=rows,
        search=search,
        filters=[Filter("class", _l("Class"), _tier_choices, lambda query, value: query.where(Tier.key == value))],
        default_sort="name",
        tie_break=[Member.id],
    )


def _tier_choices() -> list[tuple[str, str]]:
    return [(tier.key, tier.name.in_(current_locale())) for tier in tiers()]


def _entry(
    member: Member, branch: LocalizedText | None, honours: Sequence[Honour], reader: Audience, day: date
) -> Entry:
    person, given = member.person, member.consent
    here = next(
        (row.organisation.name for row in person.affiliations if row.ends_on is None or row.ends_on >= day), None
    )
    email = next((row.address for row in person.emails if row.is_primary), None)
    return Entry(
        id=member.id, name=person.name, tier=member.tier.name,
        affiliation=here if reads(reader, given, "affiliation") else None,
        branch=branch if reads(reader, given, "branch") else None,
        expertise=tuple(person.expertise) if reads(reader, given, "expertise") else (),
        honours=tuple((row.title, row.year) for row in honours) if reads(reader, given, "honours") else (),
        email=email if reads(reader, given, "email") else None,
    )  # fmt: skip
