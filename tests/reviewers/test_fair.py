"""Floors for every paper: published instances, brute force, and what the engine chooses by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewers import Infeasible, Instance, assign, paper_scores
from reviewers.formats import read
from reviewers.instance import Rules, build
from reviewers.problem import Problem
from reviewers.scores import dense
from tests.reviewers import small
from tests.shared import shared


@pytest.mark.parametrize(
    ("name", "floor", "min_loads", "least", "total"),
    [
        ("midl", None, False, 0.9447, 201.76),
        ("midl", 0.92, True, 0.92, 143.0),
        ("sigir", None, False, 1.0, 122.5),
        ("aamas2015", None, False, 1.25, 1403.75),
        ("aamas2015", 1.5, False, 1.5, 1375.75),
    ],
)
def test_published_floors(name: str, floor: float | None, min_loads: bool, least: float, total: float) -> None:
    instance = read(shared(f"data/assignment/{name}.npz")).with_rules(min_loads=min_loads)
    report = assign(instance, "fair", floor=floor).report
    assert report.violations == 0
    assert report.min >= least - 1e-9
    assert report.total >= total - 1e-9
    assert report.bound >= report.total


@settings(max_examples=100, deadline=None)
@given(small.instances(small.RULES), st.sampled_from([0.0, 0.3, 0.5, 0.7, 1.2]))
def test_a_given_floor_is_kept_at_the_best_total(instance: Instance, floor: float) -> None:
    try:
        problem = Problem.of(instance)
        wanted = np.minimum(floor, problem.own_best)
    except Infeasible:
        return

    def short_and_total(chosen: np.ndarray) -> tuple[float, float]:
        lacking = np.maximum(0, wanted - paper_scores(instance, chosen))[problem.asking].sum()
        return (-round(float(lacking), 6), small.total_of(instance, chosen))

    best = small.best_of(instance, short_and_total)  # type: ignore[arg-type]
    if best is None:
        with pytest.raises(Infeasible):
            assign(instance, "fair", floor=floor)
        return
    result = assign(instance, "fair", floor=floor)
    assert result.report.violations == 0
    short, total = short_and_total(result.chosen)
    assert short == pytest.approx(best[0], abs=1e-5)  # type: ignore[index]
    assert total == pytest.approx(best[1], rel=6e-4, abs=1e-5)  # type: ignore[index]
    below = {unmet.papers[0] for unmet in result.report.unmet}
    scores = paper_scores(instance, result.chosen)
    assert below == {int(p) for p in problem.asking if scores[p] < floor - 1e-5}


def test_a_rule_outweighs_every_floor() -> None:
    """The only senior brings half a point less than nothing: the paper is told to stay below its floor."""
    instance = build(
        ["p"], ["a", "b", "best", "old hand"], dense([[-0.5, -0.5, 0.7, -0.5]]), coverage=1, load_max=1,
        senior=["old hand"], rules=Rules(seniors=1),
    )  # fmt: skip
    result = assign(instance, "fair", floor=0.5)
    assert result.chosen.tolist() == [[0, 3]]
    assert [unmet.papers for unmet in result.report.unmet] == [("p",)]
