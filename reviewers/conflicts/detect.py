"""Finding conflicts: what authors and reviewers share, by one index over the reviewers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..kinds import Id
from .domains import expand, normal_address, of_address
from .people import Affiliation, Conflict, Organisation, Person, Policy, Submission

Trait = tuple[str, str]


def detect(
    submissions: Iterable[Submission],
    people: Iterable[Person],
    reviewers: Iterable[Id],
    policy: Policy,
    organisations: Iterable[Organisation] = (),
) -> list[Conflict]:
    """Every conflict between the submissions and the reviewers, each with its source, without repeats.

    `people` holds authors and reviewers alike; an id without a person is known by its id alone. Relations
    count whichever side declared them. Sorted by paper and reviewer in the order given.
    """
    finder = _Finder({person.id: person for person in people}, tuple(reviewers), policy, organisations)
    found: dict[Conflict, None] = {}
    for submission in submissions:
        for conflict in finder.conflicts(submission):
            found.setdefault(conflict)
    return list(found)


class _Finder:
    def __init__(
        self,
        people: Mapping[Id, Person],
        reviewers: Sequence[Id],
        policy: Policy,
        organisations: Iterable[Organisation],
    ) -> None:
        self.people = people
        self.policy = policy
        self.organisations = {organisation.id: organisation for organisation in organisations}
        self.by_domain = {
            domain.lower(): organisation.id
            for organisation in self.organisations.values()
            for domain in organisation.domains
        }
        self.rank = {reviewer: place for place, reviewer in enumerate(reviewers)}
        self.sharing: dict[Trait, list[Id]] = defaultdict(list)
        self.telling: dict[Id, list[tuple[Id, str, str]]] = defaultdict(list)
        for reviewer in self.rank:
            for trait in self._traits(reviewer):
                self.sharing[trait].append(reviewer)
            for other, source, detail in self._ties(reviewer):
                self.telling[other].append((reviewer, source, detail))

    def conflicts(self, submission: Submission) -> list[Conflict]:
        found = [conflict for author in submission.authors for conflict in self._of_author(submission.id, author)]
        return sorted(found, key=lambda conflict: self.rank[conflict.reviewer])

    def _of_author(self, paper: Id, author: Id) -> Iterator[Conflict]:
        if author in self.rank:
            yield Conflict(paper, author, author, "author")
        for source, detail in self._traits(author):
            for reviewer in self.sharing.get((source, detail), ()):
                if reviewer != author:
                    yield Conflict(paper, reviewer, author, source, detail)
        for other, source, detail in self._ties(author):
            if other in self.rank and other != author:
                yield Conflict(paper, other, author, source, detail, declared_by=author)
        for reviewer, source, detail in self.telling.get(author, ()):
            if reviewer != author:
                yield Conflict(paper, reviewer, author, source, detail, declared_by=reviewer)

    def _ties(self, who: Id) -> Iterator[tuple[Id, str, str]]:
        """What a person tells of another: (the other, source, detail)."""
        person = self.people.get(who)
        if person is None:
            return
        for relation in person.relations:
            if self.policy.counts(relation.end):
                yield relation.person, "relation", relation.kind
        for other, year in person.coauthors.items():
            if self.policy.counts(year):
                yield other, "coauthor", "" if year is None else str(year)

    def _traits(self, who: Id) -> list[Trait]:
        """What a person may share with another, as (source, detail); each once."""
        person = self.people.get(who)
        if person is None:
            return []
        traits = [("email", normal_address(address)) for address in person.emails]
        current = [held for held in person.affiliations if self._counts(held)]
        found = dict.fromkeys(unit for held in current for unit in self._with_parents(held.organisation))
        for domain in self._domains(person, bool(person.affiliations)):
            if domain in self.by_domain:
                found.update(dict.fromkeys(self._with_parents(self.by_domain[domain])))
            else:
                traits.append(("domain", domain))
        traits += [("organisation", unit) for unit in found]
        traits += [("coauthor", work.id) for work in person.works if self.policy.counts(work.year)]
        return list(dict.fromkeys(traits))

    def _counts(self, held: Affiliation) -> bool:
        return self.policy.counts(held.end) and (self.policy.internships or held.kind != "internship")

    def _domains(self, person: Person, affiliated: bool) -> Iterator[str]:
        if self.policy.domains == "never" or (self.policy.domains == "without_affiliation" and affiliated):
            return
        for address in person.emails:
            yield from expand(of_address(address), self.policy.aliases, self.policy.free_mail)

    def _with_parents(self, organisation: str) -> Iterator[str]:
        """The organisation and those it is part of, up to the first umbrella; safe against loops."""
        seen: set[str] = set()
        unit: str | None = organisation
        while unit is not None and unit not in seen:
            known = self.organisations.get(unit)
            if seen and known is not None and known.umbrella:
                return
            seen.add(unit)
            yield unit
            unit = known.parent if known else None
