"""How organisations are found again from what people type."""

from __future__ import annotations

from collections.abc import Iterable

from confsys.core.names import folded


def lookup_key(name: str) -> str:
    """A name as it is compared: no case, no marks, one blank between words."""
    return " ".join(folded(name).replace(",", " ").replace("，", " ").split())


def lookup_of(names: Iterable[str]) -> str:
    """What ``Organisation.lookup`` holds: every name and alias, each on a line of its own."""
    keys = dict.fromkeys(key for key in map(lookup_key, names) if key)
    return "\n" + "\n".join(keys) + "\n" if keys else ""
