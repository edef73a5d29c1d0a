"""Results as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import BadInstance
from ..instance import Instance
from ..kinds import Ints


def write_json(data: dict[str, Any], path: Path) -> None:
    """Compact UTF-8 JSON with a final newline."""
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def read_pairs(path: Path, instance: Instance) -> Ints:
    """The pairs under `assignment` in a result file, as positions; ids or positions are understood.

    Repeats are kept, so that a checker can see them. BadInstance when the file or a name is not understood.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["assignment"]
        named = [(str(paper), str(reviewer)) for paper, reviewer in rows]
    except OSError as error:
        raise BadInstance(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadInstance(f"{path.name} has no list of pairs under assignment.") from error
    papers = {str(paper): i for i, paper in enumerate(instance.papers)}
    reviewers = {str(reviewer): i for i, reviewer in enumerate(instance.reviewers)}
    for paper, reviewer in named:
        if paper not in papers or reviewer not in reviewers:
            raise BadInstance(f"{path.name} assigns {reviewer} to {paper}, which the instance does not know.")
    return np.array([(papers[p], reviewers[r]) for p, r in named], np.int64).reshape(-1, 2)
