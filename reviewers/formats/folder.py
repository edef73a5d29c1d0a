"""Instances as a folder of CSV files with a header line each, in UTF-8."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..errors import BadInstance
from ..instance import Instance, Rules, build
from ..kinds import Id
from ..scores import SparseScores, sparse
from .table import rows

PAIR_FILES = {
    "conflicts": ("paper", "reviewer"),
    "forbidden": ("paper", "reviewer"),
    "locks": ("paper", "reviewer"),
    "existing": ("paper", "reviewer"),
    "authors": ("paper", "reviewer"),
    "coauthors": ("reviewer", "other"),
}
YES = {"1", "true", "yes", "y"}


def read_folder(folder: Path) -> Instance:
    """The instance in a folder; BadInstance names the file and line that cannot be understood."""
    settings = _settings(folder / "rules.csv")
    papers = list(rows(folder / "papers.csv", ("paper",), required=True))
    reviewers = list(rows(folder / "reviewers.csv", ("reviewer",), required=True))
    paper_ids: list[Id] = [row["paper"] for row in papers]
    reviewer_ids: list[Id] = [row["reviewer"] for row in reviewers]
    pair_lists = {
        name: [(row[a], row[b]) for row in rows(folder / f"{name}.csv", (a, b))] for name, (a, b) in PAIR_FILES.items()
    }
    return build(
        paper_ids,
        reviewer_ids,
        _scores(folder / "scores.csv", paper_ids, reviewer_ids, settings.get("missing", "")),
        coverage=_numbers(papers, "paper", "coverage", settings, None),
        load_max=_numbers(reviewers, "reviewer", "load_max", settings, None),
        load_min=_numbers(reviewers, "reviewer", "load_min", settings, 0),
        conflicts=pair_lists["conflicts"],
        forbidden=pair_lists["forbidden"],
        locked=pair_lists["locks"],
        existing=pair_lists["existing"],
        authorship=pair_lists["authors"],
        coauthors=pair_lists["coauthors"],
        senior=_seniors(reviewers),
        groups=_groups(folder / "groups.csv"),
        track={row["paper"]: row["track"] for row in papers if row.get("track")} or None,
        rules=_rules(settings),
    )


def _settings(path: Path) -> dict[str, str]:
    return {row["rule"]: row.get("value", "") for row in rows(path, ("rule",))}


def _whole(text: str, where: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadInstance(f"{where}: {text!r} is not a whole number.") from None


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadInstance(f"{where}: {text!r} is not a number.") from None


def _numbers(
    lines: list[dict[str, str]], key: str, name: str, settings: Mapping[str, str], default: int | None
) -> dict[Id, int]:
    """A number for each row: its own, or the one in rules.csv, or the default."""
    common = _whole(settings[name], f"rules.csv, {name}") if name in settings else default
    numbers: dict[Id, int] = {}
    for row in lines:
        if row.get(name):
            numbers[row[key]] = _whole(row[name], f"{key} {row[key]}, {name}")
        elif common is None:
            raise BadInstance(f"{name} is not given for {key} {row[key]}.")
        else:
            numbers[row[key]] = common
    return numbers


def _seniors(reviewers: list[dict[str, str]]) -> list[Id] | None:
    if not any("senior" in row for row in reviewers):
        return None
    return [row["reviewer"] for row in reviewers if row.get("senior", "").lower() in YES]


def _groups(path: Path) -> dict[str, dict[Id, list[str]]]:
    groups: dict[str, dict[Id, list[str]]] = {}
    for row in rows(path, ("reviewer", "kind", "group")):
        groups.setdefault(row["kind"], {}).setdefault(row["reviewer"], []).append(row["group"])
    return groups


def _rules(settings: Mapping[str, str]) -> Rules:
    known = {
        "coverage",
        "load_max",
        "load_min",
        "missing",
        "min_loads",
        "seniors",
        "cycles",
        "coauthors",
        "keep",
    }
    unknown = [name for name in settings if name not in known and not name.startswith("limit:")]
    if unknown:
        raise BadInstance(f"rules.csv: {unknown[0]!r} is not a rule.")
    limits = {
        name.removeprefix("limit:"): _whole(value, f"rules.csv, {name}")
        for name, value in settings.items()
        if name.startswith("limit:")
    }
    return Rules(
        min_loads=settings.get("min_loads", "").lower() in YES,
        seniors=_whole(settings.get("seniors") or "0", "rules.csv, seniors"),
        limits=limits,
        cycles=_whole(settings.get("cycles") or "0", "rules.csv, cycles"),
        coauthors=settings.get("coauthors", "").lower() in YES,
        keep=_number(settings.get("keep") or "0", "rules.csv, keep"),
    )


def _scores(path: Path, papers: list[Id], reviewers: list[Id], missing: str) -> SparseScores:
    """Scored pairs, read into flat arrays: a million lines stay a few tens of megabytes."""
    if not path.exists():
        raise BadInstance("The folder has no scores.csv.")
    row = {paper: i for i, paper in enumerate(papers)}
    column = {reviewer: i for i, reviewer in enumerate(reviewers)}
    first, columns, values = array("i"), array("i"), array("d")
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            header = next(lines, [])
            try:
                a, b, c = (header.index(name) for name in ("paper", "reviewer", "score"))
            except ValueError:
                raise BadInstance("scores.csv needs the columns paper, reviewer and score.") from None
            for line, cells in enumerate(lines, 2):  # noqa: B007 - named in the error below
                first.append(row[cells[a]])
                columns.append(column[cells[b]])
                values.append(float(cells[c]))
    except KeyError as error:
        raise BadInstance(f"scores.csv, line {line}: {error.args[0]} is not in the lists.") from None
    except (ValueError, IndexError):
        raise BadInstance(f"scores.csv, line {line}: a paper, a reviewer and a number are needed.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInstance(f"scores.csv is not a CSV file in UTF-8: {error}.") from error
    fill = _number(missing, "rules.csv, missing") if missing else None
    size = (len(papers), len(reviewers))
    given = (np.frombuffer(first, np.intc), np.frombuffer(columns, np.intc), np.frombuffer(values, np.float64))
    return sparse(size, *given, fill)
