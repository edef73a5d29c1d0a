"""From a problem without solution to named reasons and tried remedies."""

from __future__ import annotations

import numpy as np

from ..candidates import Candidates
from ..demand import Demand, remaining
from ..errors import Infeasible, Reason, Remedy
from ..instance import Instance
from ..kinds import Id, Ints
from .shortage import Sides
from .wording import named, plural


def explain(instance: Instance) -> Infeasible | None:
    """Why coverage, loads, barred and locked pairs cannot hold together; None when they can.

    Coverage against maximum loads and minimum loads against coverage are examined apart: where each can be
    met alone, both can be met together (Mendelsohn and Dulmage), so nothing is missed.
    """
    try:
        demand = remaining(instance)
    except Infeasible as clash:
        return clash
    papers, reviewers = (part.astype(np.int64) for part in Candidates(instance).all())
    for_papers = Sides(papers, reviewers, demand.need, demand.most)
    reasons, remedies = _coverage(instance, demand, for_papers)
    if instance.rules.min_loads:
        more = _minimum(instance, demand, Sides(reviewers, papers, demand.least, demand.need))
        reasons, remedies = reasons + more[0], remedies + more[1]
    return Infeasible(reasons, remedies) if reasons else None


def _ids(names: tuple[Id, ...], places: Ints) -> tuple[Id, ...]:
    return tuple(names[place] for place in places.tolist())


def _amounts(names: tuple[Id, ...], amounts: Ints) -> dict[Id, int]:
    return {names[i]: int(amounts[i]) for i in np.flatnonzero(amounts > 0).tolist()}


def _coverage(instance: Instance, demand: Demand, sides: Sides) -> tuple[list[Reason], list[Remedy]]:
    used, lacking = sides.flow()
    if not lacking.any():
        return [], []
    reasons = []
    if demand.total > demand.most.sum():
        reasons.append(
            Reason(
                "capacity",
                f"The papers need {plural(demand.total, 'review')} in all and the reviewers offer "
                f"{plural(int(demand.most.sum()), 'place')}.",
                needed=demand.total,
                available=int(demand.most.sum()),
            )
        )
    for papers, reviewers in sides.blocking_sets(used, lacking):
        short, wanted = int(lacking[papers].sum()), int(demand.need[papers].sum())
        whole = len(papers) == len(instance.papers)
        if whole and reasons:
            continue
        reasons.append(_shortage(instance, papers, reviewers, wanted, wanted - short))
    return reasons, _coverage_remedies(instance, demand, sides, lacking)


def _shortage(instance: Instance, papers: Ints, reviewers: Ints, wanted: int, available: int) -> Reason:
    who, where = _ids(instance.reviewers, reviewers), _ids(instance.papers, papers)
    subject = named("Paper", "Papers", where)
    verb = "needs" if len(where) == 1 else "need"
    if len(reviewers):
        cause = (
            f"conflicts and other exclusions leave only {plural(available, 'place')} for them, counting "
            f"{named('reviewer', 'reviewers', who)} at full load"
        )
    else:
        cause = f"only {plural(available, 'reviewer')} may review {'it' if len(where) == 1 else 'them'}"
    kind = "more review" if len(instance.locked) else "review"
    return Reason(
        "coverage",
        f"{subject} {verb} {plural(wanted, kind)}, but {cause}.",
        papers=where,
        reviewers=who,
        needed=wanted,
        available=available,
    )


def _coverage_remedies(instance: Instance, demand: Demand, sides: Sides, lacking: Ints) -> list[Remedy]:
    short = int(lacking.sum())
    fewer = _amounts(instance.papers, lacking)
    remedies = [
        Remedy(
            "lower_coverage",
            f"Ask for {plural(short, 'review')} less: {named('paper', 'papers', list(fewer))}.",
            fewer,
            short,
        )
    ]
    extra = sides.extra_offers()
    if extra is not None:
        more = _amounts(instance.reviewers, extra)
        remedies.append(
            Remedy(
                "raise_load",
                f"Raise the maximum load by {int(extra.sum())} in all: {named('reviewer', 'reviewers', list(more))}.",
                more,
                int(extra.sum()),
            )
        )
    usual = max(1, int(np.median(instance.load_max[instance.load_max > 0]))) if instance.load_max.any() else 1
    count = max(1, -(-short // usual))
    while sides.flow(count, usual)[1].any():
        count += 1
    remedies.append(
        Remedy(
            "invite",
            f"Invite {plural(count, 'more reviewer')} without conflicts, for up to {usual} papers each.",
            cost=count,
        )
    )
    return remedies


def _minimum(instance: Instance, demand: Demand, sides: Sides) -> tuple[list[Reason], list[Remedy]]:
    used, lacking = sides.flow()
    if not lacking.any():
        return [], []
    reasons = []
    if demand.least.sum() > demand.total:
        reasons.append(
            Reason(
                "load_min",
                f"The reviewers are promised at least {plural(int(demand.least.sum()), 'paper')} in all, and "
                f"only {plural(demand.total, 'review')} are needed.",
                needed=int(demand.least.sum()),
                available=demand.total,
            )
        )
    for reviewers, papers in sides.blocking_sets(used, lacking):
        short, wanted = int(lacking[reviewers].sum()), int(demand.least[reviewers].sum())
        if len(reviewers) == len(instance.reviewers) and reasons:
            continue
        who = _ids(instance.reviewers, reviewers)
        reasons.append(
            Reason(
                "load_min",
                f"{named('Reviewer', 'Reviewers', who)} must get {plural(wanted, 'paper')}, but only "
                f"{wanted - short} can go to them.",
                papers=_ids(instance.papers, papers),
                reviewers=who,
                needed=wanted,
                available=wanted - short,
            )
        )
    less = _amounts(instance.reviewers, lacking)
    whom = named("reviewer", "reviewers", list(less))
    text = f"Lower the minimum load by {int(lacking.sum())} in all: {whom}."
    return reasons, [Remedy("lower_load_min", text, less, int(lacking.sum()))]
