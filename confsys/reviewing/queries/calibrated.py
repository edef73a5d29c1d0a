"""Scores without the habits of reviewers, as a chair reads them beside the plain ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from confsys.core.db import db
from confsys.reviewing.models import ScoreCalibration


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Calibrated:
    """``papers``: the score as if everybody had judged; ``reviewers``: how much higher than others each scores.

    Only of papers the viewer asked about: a list shows those it shows anyway.
    """

    at: datetime | None = None
    papers: dict[int, Estimate] = field(default_factory=dict)
    reviewers: dict[int, Estimate] = field(default_factory=dict)


def calibrated(event_id: int) -> Calibrated:
    """The estimate as it was computed last; empty while there is too little to estimate from."""
    row = db.session.get(ScoreCalibration, event_id)
    if row is None:
        return Calibrated()
    return Calibrated(
        row.computed_at, {paper: Estimate(value, error) for paper, value, error, _mean in row.result["papers"]},
        {int(who): Estimate(bias, error) for who, bias, error in row.result["reviewers"] if who.isdigit()},
    )  # fmt: skip
