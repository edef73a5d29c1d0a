"""What is to be assigned, and under which rules: plain frozen data, checked once when it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .errors import BadInstance
from .kinds import Bools, Id, Ints, codes, pairs
from .scores import Scores


@dataclass(frozen=True)
class Rules:
    """Rules beyond coverage, maximum load and barred pairs, which always hold.

    min_loads   give every reviewer at least `load_min` papers
    seniors     at least this many senior reviewers on every paper
    limits      at most this many reviewers of one group on a paper, by kind (`organisation`, `country`, ...)
    cycles      2: no two authors review each other's papers; 3: no ring of three either; 0: no such rule
    coauthors   no two reviewers of a paper who wrote together
    keep        what keeping a pair of `existing` is worth, in score; infinity keeps as many as possible first
    """

    min_loads: bool = False
    seniors: int = 0
    limits: Mapping[str, int] = field(default_factory=dict)
    cycles: int = 0
    coauthors: bool = False
    keep: float = 0.0

    def __post_init__(self) -> None:
        if self.cycles not in (0, 2, 3):
            raise BadInstance("Cycles can be forbidden up to length 2 or 3, or not at all (0).")
        if self.seniors < 0 or self.keep < 0 or any(limit < 1 for limit in self.limits.values()):
            raise BadInstance("A rule cannot ask for a negative number, nor limit a group to nobody.")


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of one kind; `members` are (reviewer, group) positions, and a reviewer may be in several."""

    names: tuple[str, ...]
    members: Ints

    def table(self, reviewers: int) -> Bools:
        """reviewers x groups membership."""
        table = np.zeros((reviewers, len(self.names)), bool)
        table[self.members[:, 0], self.members[:, 1]] = True
        return table


def _none() -> Ints:
    return pairs()


@dataclass(frozen=True, eq=False)
class Instance:
    """One assignment problem. Every position refers to `papers` or `reviewers`; pairs are (paper, reviewer).

    coverage     reviews each paper must get
    load_max     most papers for each reviewer; load_min the fewest, in force under `rules.min_loads`
    conflicts    never assignable; forbidden likewise (a chair's wish); authorship implies a conflict
    locked       always assigned
    existing     an assignment already made, for `rules.keep`
    coauthors    (reviewer, reviewer) who wrote together, besides those who share a paper in `authorship`
    senior       who counts as senior
    groups       by kind; the kind `track` restricts a paper with a track to the reviewers of that track
    track        position in groups["track"] for each paper, -1 for none
    """

    papers: tuple[Id, ...]
    reviewers: tuple[Id, ...]
    scores: Scores
    coverage: Ints
    load_max: Ints
    load_min: Ints
    conflicts: Ints = field(default_factory=_none)
    forbidden: Ints = field(default_factory=_none)
    locked: Ints = field(default_factory=_none)
    existing: Ints = field(default_factory=_none)
    authorship: Ints = field(default_factory=_none)
    coauthors: Ints = field(default_factory=_none)
    senior: Bools | None = None
    groups: Mapping[str, Groups] = field(default_factory=dict)
    track: Ints | None = None
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        self._check_sizes()
        self._check_pairs()
        self._check_rules()

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of papers and reviewers."""
        return len(self.papers), len(self.reviewers)

    @property
    def unit(self) -> float:
        """What one scaled point is worth in score."""
        return float(10.0**-self.scores.decimals)

    @property
    def lower_loads(self) -> Ints:
        """The fewest papers of each reviewer that the rules ask for."""
        return self.load_min if self.rules.min_loads else np.zeros_like(self.load_min)

    def barred(self) -> Ints:
        """Every pair that conflicts, authorship or the chair exclude."""
        return pairs(np.concatenate([self.conflicts, self.forbidden, self.authorship]))

    def wrote_together(self) -> Ints:
        """(reviewer, reviewer) co-authors, the smaller position first, declared or by a shared paper."""
        found = [(min(a, b), max(a, b)) for a, b in self.coauthors.tolist() if a != b]
        by_paper: dict[int, list[int]] = {}
        for paper, author in self.authorship.tolist():
            by_paper.setdefault(paper, []).append(author)
        for authors in by_paper.values():
            found += [(a, b) for i, a in enumerate(authors) for b in authors[i + 1 :]]
        return pairs(found)

    def with_rules(self, **changes: object) -> Instance:
        """The same instance under changed rules."""
        return replace(self, rules=replace(self.rules, **changes))  # type: ignore[arg-type]

    def with_existing(self, chosen: Ints) -> Instance:
        """The same instance with another assignment as the one that exists."""
        return replace(self, existing=pairs(chosen))

    def _check_sizes(self) -> None:
        papers, reviewers = self.shape
        for name, ids in (("paper", self.papers), ("reviewer", self.reviewers)):
            if len(set(ids)) != len(ids):
                twice = next(i for i in ids if ids.count(i) > 1)
                raise BadInstance(f"The {name} {twice} is listed twice.")
        if self.scores.shape != (papers, reviewers):
            raise BadInstance(
                f"The scores are for {self.scores.shape[0]} papers and {self.scores.shape[1]} reviewers, "
                f"the lists name {papers} and {reviewers}."
            )
        for name, values, size in (
            ("coverage", self.coverage, papers),
            ("load_max", self.load_max, reviewers),
            ("load_min", self.load_min, reviewers),
        ):
            if values.shape != (size,):
                raise BadInstance(f"{name} must have {size} numbers.")
            if (values < 0).any():
                raise BadInstance(f"{name} cannot be negative.")
        if (self.load_min > self.load_max).any():
            worst = self.reviewers[int(np.argmax(self.load_min > self.load_max))]
            raise BadInstance(f"The minimum load of reviewer {worst} exceeds the maximum.")

    def _check_pairs(self) -> None:
        papers, reviewers = self.shape
        for name, rows, size in (
            ("conflicts", self.conflicts, papers),
            ("forbidden", self.forbidden, papers),
            ("locked", self.locked, papers),
            ("existing", self.existing, papers),
            ("authorship", self.authorship, papers),
            ("coauthors", self.coauthors, reviewers),
        ):
            if rows.ndim != 2 or rows.shape[1] != 2:
                raise BadInstance(f"{name} must be a list of pairs.")
            if len(rows) and (rows.min() < 0 or rows[:, 0].max() >= size or rows[:, 1].max() >= reviewers):
                raise BadInstance(f"{name} names a paper or reviewer that is not in the lists.")

    def _check_rules(self) -> None:
        papers, reviewers = self.shape
        if self.rules.seniors and self.senior is None:
            raise BadInstance("Senior reviewers are asked for, but nobody is marked as senior.")
        if self.senior is not None and self.senior.shape != (reviewers,):
            raise BadInstance(f"senior must have {reviewers} marks.")
        for kind in self.rules.limits:
            if kind not in self.groups:
                raise BadInstance(f"A limit is set for {kind}, but no reviewer has one.")
        if self.track is not None and (
            "track" not in self.groups
            or self.track.shape != (papers,)
            or self.track.max(initial=-1) >= len(self.groups["track"].names)
        ):
            raise BadInstance("The tracks of the papers do not fit the tracks of the reviewers.")


PairList = Iterable[tuple[Id, Id]]


def build(  # the one door for callers with ids; each keyword is a field of Instance
    papers: Sequence[Id],
    reviewers: Sequence[Id],
    scores: Scores,
    *,
    coverage: int | Mapping[Id, int],
    load_max: int | Mapping[Id, int],
    load_min: int | Mapping[Id, int] = 0,
    conflicts: PairList = (),
    forbidden: PairList = (),
    locked: PairList = (),
    existing: PairList = (),
    authorship: PairList = (),
    coauthors: PairList = (),
    senior: Iterable[Id] | None = None,
    groups: Mapping[str, Mapping[Id, Iterable[str]]] | None = None,
    track: Mapping[Id, str] | None = None,
    rules: Rules | None = None,
) -> Instance:
    """An Instance from ids instead of positions.

    `coverage`, `load_max` and `load_min` are one number for all or a number by id; `groups` gives for each
    kind the groups of each reviewer; `track` the track of each paper that has one. Raises BadInstance, naming
    the id, when a list refers to somebody who is not in `papers` or `reviewers`.
    """
    row = {paper: i for i, paper in enumerate(papers)}
    column = {reviewer: i for i, reviewer in enumerate(reviewers)}
    by_kind = {kind: _groups(kind, given, column) for kind, given in (groups or {}).items()}
    return Instance(
        papers=tuple(papers),
        reviewers=tuple(reviewers),
        scores=scores,
        coverage=_numbers("coverage", coverage, papers),
        load_max=_numbers("load_max", load_max, reviewers),
        load_min=_numbers("load_min", load_min, reviewers),
        conflicts=_positions("conflicts", conflicts, row, column),
        forbidden=_positions("forbidden", forbidden, row, column),
        locked=_positions("locked", locked, row, column),
        existing=_positions("existing", existing, row, column),
        authorship=_positions("authorship", authorship, row, column),
        coauthors=_positions("coauthors", coauthors, column, column),
        senior=None if senior is None else _marks(senior, column),
        groups=by_kind,
        track=None if track is None else _tracks(track, row, by_kind),
        rules=rules or Rules(),
    )


def _numbers(name: str, given: int | Mapping[Id, int], ids: Sequence[Id]) -> Ints:
    if isinstance(given, int):
        return np.full(len(ids), given, np.int64)
    missing = [i for i in ids if i not in given]
    if missing:
        raise BadInstance(f"{name} is not given for {missing[0]}.")
    return np.array([given[i] for i in ids], np.int64)


def _position(name: str, key: Id, index: Mapping[Id, int]) -> int:
    try:
        return index[key]
    except KeyError:
        raise BadInstance(f"{name} refers to {key}, who is not in the lists.") from None


def _positions(name: str, given: PairList, first: Mapping[Id, int], second: Mapping[Id, int]) -> Ints:
    return pairs([(_position(name, a, first), _position(name, b, second)) for a, b in given])


def _marks(given: Iterable[Id], column: Mapping[Id, int]) -> Bools:
    marks = np.zeros(len(column), bool)
    marks[[_position("senior", who, column) for who in given]] = True
    return marks


def _groups(kind: str, given: Mapping[Id, Iterable[str]], column: Mapping[Id, int]) -> Groups:
    names: dict[str, int] = {}
    members = []
    for who, groups in given.items():
        position = _position(kind, who, column)
        members += [(position, names.setdefault(group, len(names))) for group in groups]
    return Groups(tuple(names), pairs(members))


def _tracks(given: Mapping[Id, str], row: Mapping[Id, int], groups: Mapping[str, Groups]) -> Ints:
    names = {name: i for i, name in enumerate(groups["track"].names)} if "track" in groups else {}
    track = np.full(len(row), -1, np.int64)
    for paper, name in given.items():
        if name not in names:
            raise BadInstance(f"Paper {paper} is in track {name}, which no reviewer serves.")
        track[_position("track", paper, row)] = names[name]
    return track


def keyed(instance: Instance, rows: Ints) -> list[tuple[Id, Id]]:
    """Pairs of positions as pairs of ids."""
    return [(instance.papers[p], instance.reviewers[r]) for p, r in rows.tolist()]


def same_pairs(first: Ints, second: Ints, width: int) -> Bools:
    """Which rows of `first` are also in `second`."""
    return np.isin(codes(first, width), codes(second, width))
