"""Habits of reviewers taken out of scores."""

import numpy as np
import pytest

from reviewers import BadInstance
from reviewers.calibration import calibrate

DICE = np.random.default_rng(3)


def test_leniency_is_found_and_papers_are_put_right() -> None:
    quality, bias = DICE.normal(0, 1, 60), DICE.normal(0, 1, 20)
    rows = []
    for paper in range(60):
        for reviewer in DICE.choice(20, 4, replace=False).tolist():
            score = 5 + quality[paper] + bias[reviewer] + DICE.normal(0, 0.4)
            rows.append((f"p{paper}", f"r{reviewer}", float(score)))
    found = calibrate(rows)
    told = np.array([found.papers[f"p{i}"].value for i in range(60)]) - 5
    plain = np.array([found.papers[f"p{i}"].mean for i in range(60)]) - 5
    assert np.abs(told - quality).mean() < 0.7 * np.abs(plain - quality).mean()
    errors = np.array([found.papers[f"p{i}"].error for i in range(60)])
    inside = np.abs(told - told.mean() - quality + quality.mean()) < 2 * errors
    assert inside.mean() > 0.85
    assert found.noise == pytest.approx(0.4, abs=0.15)
    assert np.corrcoef([found.reviewers[f"r{i}"].bias for i in range(20)], bias)[0, 1] > 0.9


def test_one_review_says_little_of_a_reviewer() -> None:
    rows = [(p, f"r{i}", 3.0 + 0.1 * (p % 3)) for p in range(6) for i in range(3)] + [(0, "new", 9.0)]
    found = calibrate(rows)
    assert 0 < found.reviewers["new"].bias < 6
    assert found.reviewers["new"].bias_error > found.reviewers["r0"].bias_error
    assert found.reviewers["new"].scale_error > 0


@pytest.mark.parametrize("rows", [[], [("p", "r", float("nan"))]])
def test_scores_must_be_there(rows: list) -> None:
    with pytest.raises(BadInstance):
        calibrate(rows)
