"""Texts, profiles and scores on disk."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from ..errors import BadInstance
from ..kinds import Id
from .combine import Affinities
from .text import Text


def read_papers(path: Path) -> list[Text]:
    """One JSON object a line: id, title, abstract; packed with gzip when the name ends in .gz."""
    found = []
    number = 0
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):  # noqa: B007 - named in the error below
                if line.strip():
                    row = json.loads(line)
                    found.append(Text(str(row["id"]), str(row["title"]), str(row.get("abstract") or "")))
    except (ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        raise BadInstance(f"{path.name}, line {number}: an id and a title are needed.") from error
    if len({text.id for text in found}) != len(found):
        raise BadInstance(f"{path.name} has two papers of one id.")
    return found


def _opened(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def read_profiles(path: Path) -> dict[Id, list[Id]]:
    """JSON: {reviewer: [ids of past papers]}."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return {str(who): [str(key) for key in keys] for who, keys in given.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise BadInstance(f"{path.name} must map each reviewer to a list of paper ids.") from error


def read_wanted(path: Path) -> list[tuple[str, str]]:
    """(reviewer, paper) pairs from a CSV with these two columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"reviewer", "paper"} <= set(rows.fieldnames or ()):
            raise BadInstance(f"{path.name} needs the columns reviewer and paper.")
        return [(row["reviewer"], row["paper"]) for row in rows]


def write_scores(found: Affinities, path: Path, wanted: list[tuple[str, str]] | None = None) -> int:
    """CSV reviewer,paper,score: the wanted pairs, or all; how many were written."""
    rows = _wanted(found, wanted) if wanted is not None else _all(found)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["reviewer", "paper", "score"])
        for reviewer, paper, score in rows:
            writer.writerow([reviewer, paper, f"{score:.6f}"])
            count += 1
    return count


def _all(found: Affinities) -> Iterator[tuple[Id, Id, float]]:
    for place, reviewer in enumerate(found.reviewers):
        for paper, score in zip(found.papers, found.matrix[:, place].tolist(), strict=True):
            yield reviewer, paper, score


def _wanted(found: Affinities, wanted: list[tuple[str, str]]) -> Iterator[tuple[Id, Id, float]]:
    row, column = ({key: i for i, key in enumerate(keys)} for keys in (found.papers, found.reviewers))
    for reviewer, paper in wanted:
        if paper not in row or reviewer not in column:
            raise BadInstance(f"The pair {reviewer}, {paper} names a reviewer or paper that is not in the lists.")
        yield reviewer, paper, float(np.float64(found.matrix[row[paper], column[reviewer]]))
