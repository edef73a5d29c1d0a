"""CSV tables with a header line, in UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ..errors import BadInstance


def rows(path: Path, columns: tuple[str, ...], required: bool = False) -> Iterator[dict[str, str]]:
    """The lines of a table that must have `columns`, each with a value. An absent file is empty unless required."""
    if not path.exists():
        if required:
            raise BadInstance(f"There is no {path.name} in {path.parent}.")
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise BadInstance(f"{path.name} has no column {missing[0]}.")
            for row in reader:
                if any(not row[column] for column in columns):
                    raise BadInstance(f"{path.name}, line {reader.line_num}: a value is missing.")
                yield {key: (value or "").strip() for key, value in row.items() if key}
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInstance(f"{path.name} is not a CSV file in UTF-8: {error}.") from error


def numbered(path: Path, columns: tuple[str, str, str]) -> Iterator[tuple[str, str, float]]:
    """Lines of two names and a number, such as paper, reviewer, score."""
    for place, row in enumerate(rows(path, columns, required=True), 2):
        try:
            yield row[columns[0]], row[columns[1]], float(row[columns[2]])
        except ValueError:
            raise BadInstance(f"{path.name}, line {place}: {row[columns[2]]!r} is not a number.") from None
