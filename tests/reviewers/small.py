"""Small instances for properties, and their optimum by trying everything."""

from collections.abc import Callable, Iterator
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from reviewers import Groups, Instance, Rules, check, dense
from reviewers.kinds import Ints, pairs

SCORES = st.sampled_from([-0.5, 0.0, 0.25, 1 / 3, 0.7, 1.0])


@st.composite
def instances(draw: st.DrawFn, rules: st.SearchStrategy[Rules] | None = None) -> Instance:
    """Up to 4 papers and 4 reviewers with conflicts, a lock, minimum loads and whatever the rules need."""
    papers, reviewers = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    pair = st.tuples(st.integers(0, papers - 1), st.integers(0, reviewers - 1))
    member = st.tuples(st.integers(0, reviewers - 1), st.integers(0, 1))
    most = np.array(draw(st.lists(st.integers(1, 3), min_size=reviewers, max_size=reviewers)))
    least = np.array(draw(st.lists(st.integers(0, 1), min_size=reviewers, max_size=reviewers)))
    return Instance(
        papers=tuple(range(papers)),
        reviewers=tuple(range(reviewers)),
        scores=dense([[draw(SCORES) for _ in range(reviewers)] for _ in range(papers)]),
        coverage=np.array(draw(st.lists(st.integers(0, 2), min_size=papers, max_size=papers))),
        load_max=most,
        load_min=np.minimum(least, most),
        conflicts=pairs(draw(st.lists(pair, max_size=3))),
        locked=pairs(draw(st.lists(pair, max_size=1))),
        authorship=pairs(draw(st.lists(pair, max_size=4))),
        senior=np.array(draw(st.lists(st.booleans(), min_size=reviewers, max_size=reviewers))),
        groups={"organisation": Groups(("x", "y"), pairs(draw(st.lists(member, max_size=4))))},
        rules=draw(rules) if rules is not None else Rules(min_loads=draw(st.booleans())),
    )


RULES = st.builds(
    Rules,
    min_loads=st.booleans(),
    seniors=st.integers(0, 1),
    limits=st.sampled_from([{}, {"organisation": 1}]),
    cycles=st.sampled_from([0, 2, 3]),
    coauthors=st.booleans(),
)


def assignments(instance: Instance) -> Iterator[Ints]:
    """Every assignment that keeps every rule."""
    width = instance.shape[1]
    sets = [list(combinations(range(width), int(need))) for need in instance.coverage]
    for choice in product(*sets):
        chosen = pairs([(p, r) for p, reviewers in enumerate(choice) for r in reviewers])
        if not check(instance, chosen):
            yield chosen


def best_of(instance: Instance, worth: Callable[[Ints], float]) -> float | None:
    """The greatest worth of any assignment, None when there is no assignment."""
    return max((worth(chosen) for chosen in assignments(instance)), default=None)


def total_of(instance: Instance, chosen: Ints) -> float:
    """The sum of scores."""
    return float(instance.scores.at(chosen[:, 0], chosen[:, 1]).sum() * instance.unit)


def pool(papers: int, reviewers: int, coverage: int) -> Instance:
    """Everybody fits everything equally and may take all."""
    load = np.full(reviewers, papers)
    return Instance(
        papers=tuple(range(papers)),
        reviewers=tuple(range(reviewers)),
        scores=dense(np.ones((papers, reviewers))),
        coverage=np.full(papers, coverage),
        load_max=load,
        load_min=np.zeros_like(load),
    )
