"""Leximin: against brute force on small instances; on published ones never below the greatest minimum."""

import pytest
from hypothesis import given, settings

from reviewers import Infeasible, Instance, assign, paper_scores
from reviewers.formats import read
from reviewers.kinds import Ints
from tests.reviewers import small
from tests.shared import shared


@settings(max_examples=30, deadline=None)
@given(small.instances(small.RULES))
def test_the_worst_off_come_first_as_by_brute_force(instance: Instance) -> None:
    asking = instance.coverage > 0

    def ladder(chosen: Ints) -> list[float]:
        return sorted(paper_scores(instance, chosen)[asking].round(6).tolist())

    every = list(small.assignments(instance))
    if not every:
        with pytest.raises(Infeasible):
            assign(instance, "leximin")
        return
    best = max(map(ladder, every))
    result = assign(instance, "leximin")
    assert result.report.violations == 0
    assert ladder(result.chosen) == pytest.approx(best, abs=1e-5)
    totals = [small.total_of(instance, chosen) for chosen in every if ladder(chosen) == best]
    assert result.report.total == pytest.approx(max(totals), abs=1e-5)


@pytest.mark.parametrize(("name", "least", "total"), [("sigir", 1.0, 121.0), ("csconf3", 0.75, 452.0)])
def test_published_instances_reach_the_greatest_minimum(name: str, least: float, total: float) -> None:
    report = assign(read(shared(f"data/assignment/{name}.npz")), "leximin").report
    assert report.violations == 0
    assert report.min == pytest.approx(least)
    assert report.total >= total
