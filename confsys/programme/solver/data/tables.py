"""The sparse penalty tables of an instance: pairs of tracks, rooms and sessions, and points or minutes."""

from confsys.programme.solver.data.fields import Field

Axis = tuple[dict[str, int], str]
"""Index by name, and what the named thing is called."""


def read_row(field: Field, axis: Axis) -> dict[int, int]:
    known, kind = axis
    row = {}
    for name, value in field.entries():
        if name not in known:
            value.fail(f"there is no {kind} '{name}'")
        row[known[name]] = value.integer()
    return {key: points for key, points in row.items() if points}


def read_table(root: Field, key: str, rows: Axis, columns: Axis) -> dict[tuple[int, int], int]:
    table = {}
    known, kind = rows
    for name, value in root[key].entries() if root.has(key) else ():
        if name not in known:
            value.fail(f"there is no {kind} '{name}'")
        for column, points in read_row(value, columns).items():
            table[known[name], column] = points
    return table


def read_similar(field: Field, tracks: dict[str, int]) -> dict[tuple[int, int], int]:
    pairs: dict[tuple[int, int], int] = {}
    for row in field.rows():
        parts = list(row.rows())
        if len(parts) != 3:
            row.fail("must be two tracks and a penalty")
        one, other = sorted((parts[0].among(tracks, "track"), parts[1].among(tracks, "track")))
        if one == other:
            row.fail("a track cannot be similar to itself")
        pairs[one, other] = pairs.get((one, other), 0) + parts[2].integer()
    return pairs


def read_walking(field: Field, rooms: dict[str, int]) -> dict[tuple[int, int], int]:
    pairs = {}
    for row in field.rows():
        parts = list(row.rows())
        if len(parts) != 3:
            row.fail("must be two rooms and the minutes between them")
        one, other = sorted((parts[0].among(rooms, "room"), parts[1].among(rooms, "room")))
        pairs[one, other] = parts[2].integer(0, 600)
    return pairs
