"""People who might be asked to review: who they are here, and from which papers they would have to keep away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from confsys.accounts.models import Person
from confsys.accounts.queries.people import by_addresses
from confsys.core.db import db
from confsys.events.invitees import Invitee
from confsys.events.operations.roles import Invited
from confsys.events.standing import EventStanding
from confsys.reviewing.queries.scope import chaired
from confsys.submissions.models import Submission
from confsys.submissions.operations import ties
from confsys.submissions.states import ConflictKind


@dataclass(frozen=True, slots=True)
class Considered:
    """One line of the list. ``state``: asked (would be), waiting, serving, unavailable.

    ``conflicts``: numbers of papers by kind, among those the viewer chairs; None where the viewer may not know.
    """

    invitee: Invitee
    name: str
    has_account: bool
    state: str
    conflicts: Mapping[ConflictKind, Sequence[int]] | None

    @property
    def barred(self) -> int:
        """From how many papers they would be kept away."""
        return len({number for numbers in (self.conflicts or {}).values() for number in numbers})


def considered(
    invitees: Sequence[Invitee], outcome: Invited, standing: EventStanding, *, compare: bool
) -> list[Considered]:
    """The list as it would be asked, compared with papers before anybody is written to when ``compare``."""
    people = by_addresses(invitee.address for invitee in invitees)
    found = _conflicts(invitees, people, standing) if compare else None
    states = {address: state for state in ("asked", "waiting", "serving", "unavailable")
              for address in getattr(outcome, state)}  # fmt: skip
    return [
        Considered(
            invitee=invitee, name=_name(invitee, people.get(invitee.address)),
            has_account=_has_account(people.get(invitee.address)), state=states.get(invitee.address, "asked"),
            conflicts=None if found is None else found.get(invitee.address, {}),
        )
        for invitee in invitees
    ]  # fmt: skip


def _has_account(person: Person | None) -> bool:
    return person is not None and person.consented_at is not None


def _name(invitee: Invitee, person: Person | None) -> str:
    return person.name.both if person is not None and _has_account(person) else invitee.name


def _conflicts(
    invitees: Sequence[Invitee], people: Mapping[str, Person], standing: EventStanding
) -> dict[str, dict[ConflictKind, list[int]]]:
    numbers = {
        row.id: row.number
        for row in db.session.execute(chaired(standing).with_only_columns(Submission.id, Submission.number))
    }
    written = ties.papers(standing.event_id, list(numbers))
    addresses = {person.id: address for address, person in people.items()}
    pairs = {
        (addresses[person], kind, paper)
        for paper, person, kind in ties.conflicts(written, sorted(addresses), at=standing.at)
    } if addresses else set()  # fmt: skip
    unknown = {each.address: each.name for each in invitees if each.address not in people}
    pairs |= {(who, kind, paper) for paper, who, kind in ties.of_strangers(written, unknown, at=standing.at)}
    found: dict[str, dict[ConflictKind, list[int]]] = defaultdict(lambda: defaultdict(list))
    for address, kind, paper in sorted(pairs, key=lambda pair: (pair[0], pair[1], numbers[pair[2]])):
        found[address][kind].append(numbers[paper])
    return found


def summed(rows: Sequence[Considered]) -> Counter[str]:
    """How many there are of each state."""
    return Counter(row.state for row in rows)
