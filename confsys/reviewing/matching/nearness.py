"""How near reviewers' own writing is to papers, by the engine; of all pairs the nearest are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from confsys.reviewing.matching.material import Pair

NEAREST = 60
"""Kept for each paper and for each reviewer; whatever lies further off speaks for nobody."""
LEAST = 0.01


def nearness(
    papers: Mapping[int, tuple[str, str]], written: Mapping[int, Sequence[tuple[str, str]]], cache: Path | None = None
) -> dict[Pair, float]:
    """(paper, person) pairs with their affinity from 0 to 1, the greatest of the event being 1."""
    # The engine loads SciPy: kept out of the web's start.
    import numpy as np  # noqa: PLC0415

    from reviewers.affinity import Text, affinity  # noqa: PLC0415

    if not papers or not written:
        return {}
    past: dict[str | int, Text] = {
        f"{person}-{place}": Text(f"{person}-{place}", *words)
        for person, own in written.items()
        for place, words in enumerate(own)
    }
    profiles: dict[str | int, list[str | int]] = {
        person: [f"{person}-{place}" for place in range(len(own))] for person, own in written.items()
    }
    here = [Text(paper, *words) for paper, words in papers.items()]
    matrix = affinity(here, profiles, past, cache=cache).matrix
    people, numbers = list(written), list(papers)
    rows, columns = matrix.shape
    by_paper = np.argsort(-matrix, axis=1, kind="stable")[:, :NEAREST]
    by_person = np.argsort(-matrix, axis=0, kind="stable")[:NEAREST]
    kept = np.zeros(matrix.shape, bool)
    kept[np.arange(rows)[:, None], by_paper] = True
    kept[by_person, np.arange(columns)] = True
    top = float(matrix.max(initial=0.0))
    found = np.argwhere(kept & (matrix > LEAST * top)) if top else np.zeros((0, 2), int)
    return {(numbers[p], people[r]): round(float(matrix[p, r]) / top, 4) for p, r in found.tolist()}
