"""From nearness of texts to nearness of a reviewer to a paper, by one model or by both together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import BadInstance
from ..kinds import Floats, Id
from . import embedding, lexical
from .text import Text

MODELS = ("auto", "tfidf", "minilm")
NEAREST = 3
"""A reviewer is as near as their three nearest texts on average: one alone may be chance, all dilute."""
SHARE_OF_MEANING = 0.6
ROWS = 256


@dataclass(frozen=True, eq=False)
class Affinities:
    """Nearness from 0 to 1, papers x reviewers; a reviewer without texts is near to nothing."""

    papers: tuple[Id, ...]
    reviewers: tuple[Id, ...]
    matrix: Floats
    model: str


def affinity(
    papers: Sequence[Text],
    profiles: Mapping[Id, Sequence[Id]],
    past: Mapping[Id, Text],
    model: str = "auto",
    cache: Path | None = None,
) -> Affinities:
    """Nearness of every reviewer to every paper.

    `profiles` gives the ids of each reviewer's past texts in `past`; ids that are not there are left out.
    `auto` is both models together where embeddings are installed, and words alone where they are not.
    """
    if model not in MODELS:
        raise BadInstance(f"The model must be one of {', '.join(MODELS)}.")
    written = {who: [past[key] for key in dict.fromkeys(keys) if key in past] for who, keys in profiles.items()}
    texts = [text for own in written.values() for text in own]
    ends = np.cumsum([len(own) for own in written.values()]).tolist()
    found: list[Floats] = []
    names = []
    if model != "minilm":
        rows = lexical.vectors([*papers, *texts])
        found.append(_pooled(rows[: len(papers)], rows[len(papers) :], ends))
        names.append("tfidf")
    if model == "minilm" or (model == "auto" and embedding.installed()):
        dense = embedding.vectors([*papers, *texts], cache)
        found.append(_pooled(dense[: len(papers)], dense[len(papers) :], ends))
        names.append("minilm")
    matrix = found[0] if len(found) == 1 else _together(found[0], found[1])
    return Affinities(tuple(p.id for p in papers), tuple(written), np.clip(matrix, 0.0, 1.0), "+".join(names))


def _pooled(papers: Any, texts: Any, ends: list[int]) -> Floats:
    """The mean of each reviewer's nearest texts, a block of papers at a time."""
    pooled = np.zeros((papers.shape[0], len(ends)))
    for low in range(0, papers.shape[0], ROWS):
        near = papers[low : low + ROWS] @ texts.T
        near = np.asarray(near.toarray() if hasattr(near, "toarray") else near)
        first = 0
        for place, end in enumerate(ends):
            own = near[:, first:end]
            if own.shape[1] > NEAREST:
                own = np.partition(own, own.shape[1] - NEAREST, axis=1)[:, -NEAREST:]
            if own.shape[1]:
                pooled[low : low + ROWS, place] = own.mean(axis=1)
            first = end
    return pooled


def _together(by_words: Floats, by_meaning: Floats) -> Floats:
    """A mean of both in units of their spread, laid on the scale from 0 to 1."""
    both = (1 - SHARE_OF_MEANING) * _standard(by_words) + SHARE_OF_MEANING * _standard(by_meaning)
    low, high = float(both.min(initial=0.0)), float(both.max(initial=0.0))
    return np.asarray((both - low) / (high - low) if high > low else np.zeros_like(both))


def _standard(values: Floats) -> Floats:
    spread = float(values.std()) if values.size else 0.0
    return np.asarray((values - values.mean()) / spread if spread > 0 else np.zeros_like(values))
