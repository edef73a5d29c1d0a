"""What people say about themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from confsys.accounts.models import Affiliation, Person, Relation
from confsys.accounts.operations.organisations import organisation_for
from confsys.accounts.queries.people import by_verified_email
from confsys.accounts.signals import ties_changed
from confsys.accounts.states import RelationKind
from confsys.core import identifiers
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import LANGUAGE_NAMES
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.operation import expect_version, operation

EXPERTISE_MOST = 40


@dataclass(frozen=True, slots=True)
class Profile:
    """The editable part of a person. ``orcid`` as typed; empty takes it away."""

    name: PersonName
    country: str = ""
    zone: str = "Asia/Shanghai"
    locale: str = "en"
    orcid: str = ""
    expertise: Sequence[str] = ()
    biography: LocalizedText = LocalizedText()


@operation
def edit_profile(person: Person, profile: Profile, *, version: int | None, actor: Actor, at: datetime) -> None:
    expect_version(person, version)
    if not profile.name:
        raise Invalid(family=_l("Please tell us your name, in Latin letters, in your own script, or both."))
    person.set_name(profile.name)
    person.country, person.zone, person.locale = profile.country, profile.zone, profile.locale
    words = dict.fromkeys(" ".join(word.split()) for word in profile.expertise)
    before = list(person.expertise)
    person.expertise = [word[:80] for word in words if word][:EXPERTISE_MOST]
    person.biography = profile.biography
    _set_orcid(person, profile.orcid)
    record("accounts.profile_edited", person, actor=actor, at=at)
    if before != person.expertise:
        ties_changed.send(person, actor=actor, at=at)


def _set_orcid(person: Person, text: str) -> None:
    """A typed iD is only claimed; one that ORCID vouched for is not overwritten by hand."""
    if not text:
        person.orcid, person.orcid_confirmed = None, False
        return
    try:
        iD = identifiers.orcid(text)  # noqa: N806  as ORCID writes it
    except ValueError as error:
        wrong_digit = error.args == ("checksum",)
        raise Invalid(
            orcid=_l("One digit of this ORCID iD is wrong: its last place does not fit the others.")
            if wrong_digit
            else _l("An ORCID iD looks like 0000-0002-1825-0097.")
        ) from error
    if iD != person.orcid:
        person.orcid, person.orcid_confirmed = iD, False


@operation
def keep_language(person: Person, code: str, *, actor: Actor, at: datetime) -> None:
    """The switch at the top of the page, kept for next time and for mail."""
    if code in LANGUAGE_NAMES and person.locale != code:
        person.locale = code
        record("accounts.language_chosen", person, actor=actor, at=at)


@operation
def add_affiliation(
    person: Person, organisation: str, *, position: str = "", starts_on: date | None = None,
    ends_on: date | None = None, actor: Actor, at: datetime,
) -> Affiliation:  # fmt: skip
    if not organisation.strip():
        raise Invalid(organisation=_l("Which organisation is it?"))
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid(ends_on=_l("The end lies before the beginning."))
    row = Affiliation(
        organisation=organisation_for(organisation), position=position, starts_on=starts_on, ends_on=ends_on
    )
    person.affiliations.append(row)
    record("accounts.affiliation_added", person, actor=actor, at=at, changes={}, organisation=organisation)
    ties_changed.send(person, actor=actor, at=at)
    return row


@operation
def end_affiliation(
    person: Person, affiliation_id: int, ends_on: date | None, *, actor: Actor, at: datetime
) -> None:  # fmt: skip
    """Say until when; no date: still there."""
    row = _mine(person.affiliations, affiliation_id)
    if ends_on and row.starts_on and ends_on < row.starts_on:
        raise Invalid(ends_on=_l("The end lies before the beginning."))
    row.ends_on = ends_on
    record("accounts.affiliation_ended", person, actor=actor, at=at, changes={}, organisation=row.organisation.name)
    ties_changed.send(person, actor=actor, at=at)


@operation
def remove_affiliation(person: Person, affiliation_id: int, *, actor: Actor, at: datetime) -> None:
    row = _mine(person.affiliations, affiliation_id)
    person.affiliations.remove(row)
    record("accounts.affiliation_removed", person, actor=actor, at=at, changes={}, organisation=row.organisation.name)
    ties_changed.send(person, actor=actor, at=at)


def _mine(rows: Sequence[Affiliation], row_id: int) -> Affiliation:
    for row in rows:
        if row.id == row_id:
            return row
    raise Invalid(_l("This entry is not there any more."))


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as typed: somebody's name, address, or both."""

    kind: RelationKind
    name: str = ""
    address: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@operation
def add_relation(person: Person, tie: Tie, *, actor: Actor, at: datetime) -> Relation:
    """A tie that bars reviewing, both ways. A known address makes it point at the person."""
    if not tie.name and not tie.address:
        raise Invalid(name=_l("Give a name, an address, or both."))
    if tie.starts_on and tie.ends_on and tie.ends_on < tie.starts_on:
        raise Invalid(ends_on=_l("The end lies before the beginning."))
    other = by_verified_email(tie.address) if tie.address else None
    if other is person:
        raise Invalid(address=_l("This address is your own."))
    row = Relation(
        person_id=person.id, kind=tie.kind, other_person_id=other.id if other else None,
        other_name=tie.name or tie.address, other_email=tie.address.strip().lower(), starts_on=tie.starts_on,
        ends_on=tie.ends_on,
    )  # fmt: skip
    db.session.add(row)
    record("accounts.relation_added", person, actor=actor, at=at, changes={}, scope="person")
    ties_changed.send(person, actor=actor, at=at)
    return row


@operation
def remove_relation(person: Person, relation_id: int, *, actor: Actor, at: datetime) -> None:
    row = db.session.get(Relation, relation_id)
    if row is None or row.person_id != person.id:
        return
    db.session.delete(row)
    record("accounts.relation_removed", person, actor=actor, at=at, changes={}, scope="person")
    ties_changed.send(person, actor=actor, at=at)
