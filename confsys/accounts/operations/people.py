"""People entered by others: from an import, an invitation, a list of authors. They get no account and no mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from confsys.accounts.addresses import checked
from confsys.accounts.models import Affiliation, EmailAddress, Person
from confsys.accounts.operations.organisations import organisations_for
from confsys.accounts.queries.people import by_addresses
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.core.operation import operation


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as somebody else writes them down. ``affiliation`` is the name of an organisation."""

    name: PersonName
    address: str
    affiliation: str = ""
    country: str = ""


@operation
def person_for(
    name: PersonName, address: str, *, affiliation: str = "", country: str = "", actor: Actor, at: datetime
) -> Person:
    """The person of an address: found, or entered without an account. A known person is not changed.

    Raises Invalid for an address that cannot be one.
    """
    return people_for([Entry(name, address, affiliation, country)], actor=actor, at=at)[0]


@operation
def people_for(entries: Iterable[Entry], *, actor: Actor, at: datetime) -> list[Person]:
    """``person_for`` over a whole list, in its order, with a handful of queries whatever its length."""
    wanted = [(entry, checked(entry.address)) for entry in entries]
    known = by_addresses(address for _entry, address in wanted)
    fresh = [(entry, address) for entry, address in wanted if address not in known]
    places = organisations_for({entry.affiliation for entry, _address in fresh if entry.affiliation})
    for entry, address in fresh:
        if address not in known:
            known[address] = _entered(entry, address, at)
            if entry.affiliation:
                known[address].affiliations.append(Affiliation(organisation=places[entry.affiliation]))
    db.session.flush()
    if fresh:
        for person in {known[address].id: known[address] for _entry, address in fresh}.values():
            record("accounts.person_entered", person, actor=actor, at=at, changes={})
    return [known[address] for _entry, address in wanted]


def _entered(entry: Entry, address: str, at: datetime) -> Person:
    person = Person(created_at=at, country=entry.country)
    person.set_name(entry.name if entry.name else PersonName(family=address.partition("@")[0]))
    person.emails.append(EmailAddress(address=address))
    db.session.add(person)
    return person
