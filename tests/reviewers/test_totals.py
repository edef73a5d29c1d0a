"""The exact maximum total: published values, brute force, and its own proof."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewers import Infeasible, Instance, Rules, assign, check, dense
from reviewers.formats import read
from reviewers.kinds import pairs
from tests.shared import shared

PUBLISHED = {
    "midl": 201.8848,
    "sigir": 122.50,
    "csconf1": 124.25,
    "csconf2": 141.50,
    "csconf3": 454.25,
    "aamas2015": 1406.25,
    "aamas2021": 1082.8984,
    "cvpr2017like": 4246.5305,
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_totals(name: str) -> None:
    result = assign(read(shared(f"data/assignment/{name}.npz")))
    assert result.report.total == pytest.approx(PUBLISHED[name], abs=1e-4)
    assert result.report.bound == pytest.approx(result.report.total, abs=1e-9)
    assert result.report.violations == 0


@pytest.mark.parametrize(("name", "total"), [("midl", 150.0436), ("cvpr2017like", 4246.139)])
def test_published_totals_with_minimum_loads(name: str, total: float) -> None:
    instance = read(shared(f"data/assignment/{name}.npz")).with_rules(min_loads=True)
    result = assign(instance)
    assert result.report.total == pytest.approx(total, abs=1e-4)
    assert min(np.array(result.report.loads) - instance.load_min) >= 0


@st.composite
def small_instances(draw: st.DrawFn, min_loads: bool | None = None) -> Instance:
    papers, reviewers = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    score = st.sampled_from([-0.5, 0.0, 0.25, 1 / 3, 0.7, 1.0])
    matrix = [[draw(score) for _ in range(reviewers)] for _ in range(papers)]
    pair = st.tuples(st.integers(0, papers - 1), st.integers(0, reviewers - 1))
    conflicts = pairs(draw(st.lists(pair, max_size=4)))
    locked = pairs(draw(st.lists(pair, max_size=1)))
    most = np.array(draw(st.lists(st.integers(1, 3), min_size=reviewers, max_size=reviewers)))
    least = np.array([draw(st.integers(0, 1)) for _ in range(reviewers)])
    return Instance(
        papers=tuple(range(papers)),
        reviewers=tuple(range(reviewers)),
        scores=dense(matrix),
        coverage=np.array(draw(st.lists(st.integers(0, 2), min_size=papers, max_size=papers))),
        load_max=most,
        load_min=np.minimum(least, most),
        conflicts=conflicts,
        locked=locked,
        rules=Rules(min_loads=draw(st.booleans()) if min_loads is None else min_loads),
    )


def brute_force(instance: Instance) -> float | None:
    """The best total over every assignment there is, or None."""
    width = instance.shape[1]
    sets = [list(combinations(range(width), int(need))) for need in instance.coverage]
    best = None
    for choice in product(*sets):
        chosen = pairs([(p, r) for p, reviewers in enumerate(choice) for r in reviewers])
        if not check(instance, chosen):
            value = float(instance.scores.at(chosen[:, 0], chosen[:, 1]).sum() * instance.unit)
            best = value if best is None else max(best, value)
    return best


@settings(max_examples=150, deadline=None)
@given(small_instances())
def test_total_is_that_of_brute_force(instance: Instance) -> None:
    best = brute_force(instance)
    if best is None:
        with pytest.raises(Infeasible) as why:
            assign(instance)
        assert why.value.reasons
    else:
        result = assign(instance)
        assert result.report.violations == 0
        assert result.report.total == pytest.approx(best, abs=1e-7)
        assert result.report.bound == pytest.approx(best, abs=1e-7)
