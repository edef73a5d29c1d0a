"""Gaps are filled and nothing else moves."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewers import Infeasible, Instance, assign
from reviewers.kinds import pairs
from reviewers.topup import top_up
from tests.reviewers import small


@settings(max_examples=60, deadline=None)
@given(small.instances(), st.integers(0, 3))
def test_what_stands_stays_and_who_left_gets_nothing(instance: Instance, place: int) -> None:
    try:
        before = assign(instance).chosen
    except Infeasible:
        return
    gone = place % instance.shape[1]
    try:
        after = assign(top_up(instance, before, [gone])).chosen
    except Infeasible:
        return
    assert gone not in after[:, 1]
    stays = {tuple(row) for row in before.tolist() if row[1] != gone}
    assert stays <= {tuple(row) for row in after.tolist()}
    assert (np.bincount(after[:, 0], minlength=instance.shape[0]) == instance.coverage).all()


def test_a_declined_pair_does_not_come_back() -> None:
    instance = small.pool(papers=1, reviewers=3, coverage=2)
    before = pairs([(0, 0), (0, 1)])
    after = assign(top_up(instance, before, declined=pairs([(0, 0)]))).assignment
    assert after == [(0, 1), (0, 2)]
