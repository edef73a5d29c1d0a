"""The few array and identifier types that every part of the engine speaks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Id: TypeAlias = str | int
Ints: TypeAlias = NDArray[np.integer[Any]]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]


def pairs(rows: Iterable[tuple[int, int]] | NDArray[Any] = ()) -> Ints:
    """A k x 2 array of positions, sorted and without repeats."""
    array = np.asarray(rows if isinstance(rows, np.ndarray) else list(rows), dtype=np.int64).reshape(-1, 2)
    return np.unique(array, axis=0) if len(array) else array


def codes(rows: Ints, width: int) -> Ints:
    """One number for each (row, column) pair, so that sets of pairs become sets of numbers."""
    return rows[:, 0] * width + rows[:, 1]
