"""Affinities of papers and reviewers, kept as whole numbers so that an exact optimum stays exact.

Flow solvers count in integers. Scores are turned into integers once, at the door: with as few decimals as
represent every score exactly, or with nine where none do (the rounding is then part of every reported bound).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import BadInstance
from .kinds import Bools, Floats, Id, Ints

NEVER = -(2**31) + 1
"""Stands for "not assignable"; far below any score times ten to its decimals."""
MOST_DECIMALS = 9
LARGEST = 2**30
"""Scaled scores stay below this, so that costs times nodes fit 64 bits and NEVER stays apart."""
BLOCK_CELLS = 1 << 19


@dataclass(frozen=True, eq=False)
class DenseScores:
    """A full matrix, papers x reviewers; NEVER where a pair is not assignable."""

    values: Ints
    decimals: int
    exact: bool = True

    @property
    def shape(self) -> tuple[int, int]:
        return self.values.shape[0], self.values.shape[1]

    @property
    def listed(self) -> None:
        """A dense matrix has no list of pairs."""
        return None

    def at(self, papers: Ints, reviewers: Ints) -> Ints:
        """Scaled scores of the given pairs."""
        return self.values[papers, reviewers].astype(np.int64)

    def block(self, low: int, high: int) -> Ints:
        """Rows low..high as a fresh 64-bit matrix."""
        return self.values[low:high].astype(np.int64)


@dataclass(frozen=True, eq=False)
class SparseScores:
    """Listed pairs, sorted by paper then reviewer.

    A pair that is not listed scores `fill`, or cannot be assigned when `fill` is None.
    """

    size: tuple[int, int]
    papers: NDArray[np.int32]
    reviewers: NDArray[np.int32]
    values: Ints
    decimals: int
    fill: int | None = None
    exact: bool = True

    @property
    def shape(self) -> tuple[int, int]:
        return self.size

    @property
    def listed(self) -> SparseScores | None:
        """Itself when only the listed pairs count, so that work can stay on the list."""
        return self if self.fill is None else None

    def at(self, papers: Ints, reviewers: Ints) -> Ints:
        """Scaled scores of the given pairs; `fill` or NEVER for one that is not listed."""
        default = NEVER if self.fill is None else self.fill
        if not len(self.values):
            return np.full(len(papers), default, np.int64)
        width = self.size[1]
        own = self.papers.astype(np.int64) * width + self.reviewers
        wanted = papers.astype(np.int64) * width + reviewers
        place = np.minimum(np.searchsorted(own, wanted), len(own) - 1)
        return np.where(own[place] == wanted, self.values[place], default).astype(np.int64)

    def block(self, low: int, high: int) -> Ints:
        """Rows low..high as a fresh 64-bit matrix."""
        rows = np.full((high - low, self.size[1]), NEVER if self.fill is None else self.fill, np.int64)
        first, last = np.searchsorted(self.papers, [low, high])
        rows[self.papers[first:last] - low, self.reviewers[first:last]] = self.values[first:last]
        return rows


Scores = DenseScores | SparseScores


def blocks(shape: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Ranges of rows small enough that a 64-bit block of them is a few megabytes."""
    step = max(1, BLOCK_CELLS // max(1, shape[1]))
    for low in range(0, shape[0], step):
        yield low, min(shape[0], low + step)


def dense(matrix: ArrayLike) -> DenseScores:
    """Scores from a papers x reviewers matrix; NaN and minus infinity mean "not assignable"."""
    values = np.asarray(matrix, dtype=np.float64)
    if values.ndim != 2:
        raise BadInstance("The scores must be a table of papers by reviewers.")
    absent = np.isnan(values) | np.isneginf(values)
    scaled, decimals, exact = quantise(np.where(absent, 0.0, values))
    if absent.any():
        scaled = scaled.astype(np.int32)
        scaled[absent] = NEVER
    return DenseScores(scaled, decimals, exact)


def scaled_dense(values: Ints, decimals: int) -> DenseScores:
    """Scores that are whole numbers already, such as `scores_e4` with four decimals."""
    return DenseScores(values, decimals)


def sparse(
    size: tuple[int, int],
    papers: ArrayLike,
    reviewers: ArrayLike,
    scores: ArrayLike,
    fill: float | None = None,
) -> SparseScores:
    """Scores from parallel lists of positions and values.

    Raises BadInstance when a position is outside the table or a pair is listed twice.
    """
    rows, columns = np.asarray(papers, np.int32), np.asarray(reviewers, np.int32)
    values = np.asarray(scores, np.float64)
    if len(rows) and (rows.min() < 0 or columns.min() < 0 or rows.max() >= size[0] or columns.max() >= size[1]):
        raise BadInstance("A score names a paper or reviewer that is not in the lists.")
    code = rows.astype(np.int64) * size[1] + columns
    order = np.argsort(code, kind="stable")
    code = code[order]
    if (code[1:] == code[:-1]).any():
        twice = int(code[1:][code[1:] == code[:-1]][0])
        raise BadInstance(f"The pair at paper {twice // size[1]}, reviewer {twice % size[1]} has two scores.")
    del code
    together = values if fill is None else np.append(values, fill)
    scaled, decimals, exact = quantise(together)
    level = None if fill is None else int(scaled[-1])
    return SparseScores(size, rows[order], columns[order], scaled[: len(values)][order], decimals, level, exact)


def quantise(values: Floats) -> tuple[Ints, int, bool]:
    """Whole numbers, their decimals, and whether they represent the values exactly."""
    if not np.isfinite(values).all():
        raise BadInstance("A score is not a finite number.")
    top = float(np.abs(values).max(initial=0.0))
    if top >= LARGEST:
        raise BadInstance(f"Scores must be smaller than {LARGEST} in size.")
    room = max(d for d in range(MOST_DECIMALS + 1) if top * 10**d < LARGEST)
    sample = values.ravel()[:: max(1, values.size // 1000)]
    for decimals in range(room + 1):
        if _whole(sample, decimals).all() and _whole(values, decimals).all():
            return _narrow(np.rint(values * 10**decimals)), decimals, True
    return _narrow(np.rint(values * 10**room)), room, False


def _whole(values: Floats, decimals: int) -> Bools:
    scaled = values * 10**decimals
    return np.asarray(np.abs(scaled - np.rint(scaled)) <= 1e-7)


def _narrow(values: Floats) -> Ints:
    return values.astype(np.int16 if np.abs(values).max(initial=0) < 2**15 else np.int32)


def sparse_by_id(
    papers: Sequence[Id],
    reviewers: Sequence[Id],
    scores: Mapping[tuple[Id, Id], float],
    fill: float | None = None,
) -> SparseScores:
    """Scores from ids: {(paper, reviewer): score}; see `sparse` for `fill`."""
    row = {paper: i for i, paper in enumerate(papers)}
    column = {reviewer: i for i, reviewer in enumerate(reviewers)}
    try:
        rows = [row[paper] for paper, _ in scores]
        columns = [column[reviewer] for _, reviewer in scores]
    except KeyError as error:
        raise BadInstance(f"A score refers to {error.args[0]}, who is not in the lists.") from None
    return sparse((len(papers), len(reviewers)), rows, columns, list(scores.values()), fill)
