"""Instances as NumPy archives: a matrix of scores, or a list of scored pairs; ids are positions."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import BadInstance
from ..instance import Groups, Instance
from ..kinds import Ints, pairs
from ..scores import Scores, dense, scaled_dense, sparse


def read_npz(path: Path) -> Instance:
    """The instance in an `.npz` archive; BadInstance when a needed array is absent or misshapen."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files if key != "scores_raw"}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError) as error:
        raise BadInstance(f"{path.name} cannot be read as an .npz archive: {error}.") from error
    scores = _scores(arrays)
    papers, reviewers = scores.shape
    for key in ("coverage", "load_max"):
        if key not in arrays:
            raise BadInstance(f"The archive has no array {key}.")
    return Instance(
        papers=tuple(range(papers)),
        reviewers=tuple(range(reviewers)),
        scores=scores,
        coverage=_whole("coverage", arrays["coverage"]),
        load_max=_whole("load_max", arrays["load_max"]),
        load_min=_whole("load_min", arrays.get("load_min", np.zeros(reviewers, np.int64))),
        conflicts=_pairs("conflicts", arrays),
        forbidden=_pairs("forbidden", arrays),
        locked=_pairs("locked", arrays),
        existing=_pairs("existing", arrays),
        authorship=_pairs("authorship", arrays),
        coauthors=_pairs("coauthors", arrays),
        senior=arrays["senior"].astype(bool) if "senior" in arrays else None,
        groups=_groups(arrays),
        track=_whole("track", arrays["track"]) if "track" in arrays else None,
    )


def _scores(arrays: Mapping[str, NDArray[Any]]) -> Scores:
    if "scores_e4" in arrays:
        matrix = arrays["scores_e4"]
        if matrix.ndim != 2 or not np.issubdtype(matrix.dtype, np.integer):
            raise BadInstance("scores_e4 must be a matrix of whole numbers, papers by reviewers.")
        return scaled_dense(matrix, 4)
    if "scores" in arrays:
        return dense(arrays["scores"])
    if {"pair_paper", "pair_reviewer", "pair_score"} <= arrays.keys():
        if "coverage" not in arrays or "load_max" not in arrays:
            raise BadInstance("A list of scored pairs needs coverage and load_max beside it.")
        size = (len(arrays["coverage"]), len(arrays["load_max"]))
        fill = float(arrays["missing"]) if "missing" in arrays else None
        return sparse(size, arrays["pair_paper"], arrays["pair_reviewer"], arrays["pair_score"], fill)
    raise BadInstance("The archive has no scores: scores_e4, scores, or pair_paper, pair_reviewer, pair_score.")


def _whole(key: str, array: NDArray[Any]) -> Ints:
    if array.ndim != 1 or not np.issubdtype(array.dtype, np.integer):
        raise BadInstance(f"{key} must be a list of whole numbers.")
    return array.astype(np.int64)


def _pairs(key: str, arrays: Mapping[str, NDArray[Any]]) -> Ints:
    array = arrays.get(key)
    if array is None:
        return pairs()
    if array.ndim != 2 or array.shape[1] != 2 or not np.issubdtype(array.dtype, np.integer):
        raise BadInstance(f"{key} must be k x 2 whole numbers.")
    return pairs(array)


def _groups(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Groups]:
    """`group_KIND`: (reviewer, group) rows."""
    groups = {}
    for key in arrays:
        if key.startswith("group_"):
            members = _pairs(key, arrays)
            count = int(members[:, 1].max(initial=-1)) + 1
            groups[key.removeprefix("group_")] = Groups(tuple(map(str, range(count))), members)
    return groups
