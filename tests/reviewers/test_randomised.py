"""Assignment by lottery: every draw keeps every rule, chances are what is said, and a seed is a seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewers import BadInstance, Infeasible, Instance, assign, build, dense
from reviewers.formats import read
from tests.reviewers import small
from tests.shared import shared


def square(size: int, coverage: int = 1, load: int = 1) -> Instance:
    ids = list(range(size))
    return build(ids, ids, dense(np.ones((size, size))), coverage=coverage, load_max=load)


@settings(max_examples=30, deadline=None)
@given(small.instances(small.RULES), st.integers(0, 3))
def test_every_draw_keeps_every_rule(instance: Instance, seed: int) -> None:
    try:
        assign(instance)
    except Infeasible:
        with pytest.raises(Infeasible):
            assign(instance, "randomised", seed=seed)
        return
    result = assign(instance, "randomised", seed=seed)
    assert result.report.violations == 0
    assert assign(instance, "randomised", seed=seed).assignment == result.assignment
    sums: dict[object, float] = dict.fromkeys(instance.papers, 0.0)
    for paper, _, chance in result.marginals:
        sums[paper] += chance
    assert [sums[paper] for paper in instance.papers] == pytest.approx(instance.coverage.tolist(), abs=1e-9)


def test_draws_come_with_the_chances_told() -> None:
    instance = square(4, coverage=2, load=2)
    told = {(p, r): chance for p, r, chance in assign(instance, "randomised").marginals}
    drawn = dict.fromkeys(told, 0)
    for seed in range(300):
        for pair in assign(instance, "randomised", cap=0.6, seed=seed).assignment:
            drawn[pair] += 1
    assert all(chance == pytest.approx(0.5, abs=1e-3) for chance in told.values())
    assert all(abs(times - 150) < 5 * 75**0.5 for times in drawn.values())


def test_a_cap_too_low_for_the_choice_there_is_names_what_is_possible() -> None:
    with pytest.raises(Infeasible) as why:
        assign(square(4), "randomised", cap=0.1)
    assert [reason.rule for reason in why.value.reasons] == ["cap"]
    assert why.value.remedies[0].text == "Set the cap to 0.25."
    with pytest.raises(BadInstance):
        assign(square(4), "randomised", cap=1.5)


def test_published_entropy_is_surpassed() -> None:
    report = assign(read(shared("data/assignment/aamas2015.npz")), "randomised", seed=1).report
    assert report.violations == 0
    assert report.chances is not None
    assert report.chances.highest <= 0.81 + 1e-9
    assert report.chances.expected >= 0.95 * 1406.25 - 0.1
    assert report.chances.entropy >= 1950
