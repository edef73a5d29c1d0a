"""Filling the gaps that refusals leave, without touching what stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from .instance import Instance, same_pairs
from .kinds import Ints, pairs


def top_up(instance: Instance, present: Ints, gone: Iterable[int] = (), declined: Ints | None = None) -> Instance:
    """The instance in which every present pair that can stand is locked, so that assigning fills the gaps alone.

    `gone` are reviewers (positions) who left, `declined` pairs that were given back; both get nothing there any
    more. A present pair that is barred by now is dropped and its place filled. Papers keep every reviewer they
    have, also beyond their coverage, and so do reviewers beyond their load.
    """
    width = instance.shape[1]
    refused = pairs() if declined is None else pairs(declined)
    left = np.zeros(width, bool)
    left[list(gone)] = True
    away = pairs(np.concatenate([instance.barred(), refused]))
    stands = pairs(np.concatenate([instance.locked, present]))
    stands = stands[~left[stands[:, 1]] & ~same_pairs(stands, away, width)]
    on_paper = np.bincount(stands[:, 0], minlength=instance.shape[0])
    on_reviewer = np.bincount(stands[:, 1], minlength=width)
    load_max = np.where(left, 0, np.maximum(instance.load_max, on_reviewer))
    return replace(
        instance,
        locked=stands,
        forbidden=pairs(np.concatenate([instance.forbidden, refused])),
        coverage=np.maximum(instance.coverage, on_paper),
        load_max=load_max,
        load_min=np.minimum(instance.load_min, load_max),
    )
