"""Lists of names inside sentences."""

from __future__ import annotations

from collections.abc import Sequence

from ..kinds import Id

SHOWN = 5


def named(one: str, many: str, ids: Sequence[Id]) -> str:
    """`paper 3`, `papers 1, 2 and 3`, `papers 1, 2, 3, 4, 5 and 7 more`."""
    if len(ids) == 1:
        return f"{one} {ids[0]}"
    if len(ids) > SHOWN:
        return f"{many} {', '.join(map(str, ids[:SHOWN]))} and {len(ids) - SHOWN} more"
    return f"{many} {', '.join(map(str, ids[:-1]))} and {ids[-1]}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 review`, `2 reviews`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
