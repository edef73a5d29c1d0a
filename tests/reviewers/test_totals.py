"""The exact maximum total: published values, brute force, and its own proof."""

import numpy as np
import pytest
from hypothesis import given, settings

from reviewers import Infeasible, Instance, Rules, assign, build, sparse_by_id
from reviewers.formats import read
from tests.reviewers import small
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


@settings(max_examples=150, deadline=None)
@given(small.instances())
def test_total_is_that_of_brute_force(instance: Instance) -> None:
    assert_best_total(instance)


@settings(max_examples=150, deadline=None)
@given(small.instances(small.RULES))
def test_total_under_every_rule_is_that_of_brute_force(instance: Instance) -> None:
    assert_best_total(instance)


def assert_best_total(instance: Instance) -> None:
    best = small.best_of(instance, lambda chosen: small.total_of(instance, chosen))
    if best is None:
        with pytest.raises(Infeasible) as why:
            assign(instance)
        assert why.value.reasons
    else:
        result = assign(instance)
        assert result.report.violations == 0
        assert result.report.total == pytest.approx(best, abs=1e-6)
        assert result.report.bound >= best - 1e-6


def test_rings_and_coauthors_cost_little() -> None:
    free = assign(read(shared("data/assignment/aamas2021.npz"))).report.total
    instance = read(shared("data/assignment/aamas2021.npz")).with_rules(cycles=2, coauthors=True)
    report = assign(instance).report
    assert report.violations == 0
    assert report.total >= 0.998 * free


def test_existing_pairs_are_kept_as_far_as_asked() -> None:
    papers, reviewers = ["p", "q"], ["a", "b"]
    scores = {("p", "a"): 1.0, ("q", "b"): 1.0, ("p", "b"): 0.4, ("q", "a"): 0.4}

    def solve(keep: float) -> set[tuple[str | int, str | int]]:
        instance = build(
            papers,
            reviewers,
            sparse_by_id(papers, reviewers, scores),
            coverage=1,
            load_max=1,
            existing=[("p", "b"), ("q", "a")],
            rules=Rules(keep=keep),
        )
        result = assign(instance)
        assert result.report.bound == pytest.approx(result.report.total)
        return set(result.assignment)

    assert solve(0.0) == solve(0.5) == {("p", "a"), ("q", "b")}
    assert solve(0.7) == solve(float("inf")) == {("p", "b"), ("q", "a")}
