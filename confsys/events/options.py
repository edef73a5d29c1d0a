"""Rules that a room keeps for one event: a frozen dataclass with defaults, stored in ``Event.options``.

A room declares its rules once and reads and writes them typed; a key that nobody declared is refused.

    @declare("submissions")
    @dataclass(frozen=True)
    class SubmissionOptions:
        pages_max: int = 0

    rules = options_of(event, SubmissionOptions)
    keep_options(event, replace(rules, pages_max=8), version=event.version, actor=actor, at=at)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event

T = TypeVar("T")
_declared: dict[str, type[Any]] = {}


class UnknownOption(KeyError):
    """A rule that no room has declared."""


def declare(room: str) -> Callable[[type[T]], type[T]]:
    """Register the dataclass of a room's rules."""

    def register(kind: type[T]) -> type[T]:
        if room in _declared:
            raise RuntimeError(f"two sets of rules for {room}")
        _declared[room] = kind
        return kind

    return register


def _room_of(kind: type[Any]) -> str:
    for room, known in _declared.items():
        if known is kind:
            return room
    raise UnknownOption(kind.__name__)


def read(kind: type[T], given: Mapping[str, Any]) -> T:
    """The rules from stored JSON; what is missing has its default. Raises UnknownOption."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    unknown = set(given) - known
    if unknown:
        raise UnknownOption(", ".join(sorted(unknown)))
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in given.items()})


def options_of(event: Event, kind: type[T]) -> T:
    return read(kind, event.options.get(_room_of(kind), {}))


def plain(rules: Any) -> dict[str, Any]:
    """As JSON holds them."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(rules).items()}


def checked(options: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rules of several rooms, as a preset gives them; those of a room that declared its rules are checked.

    Raises UnknownOption.
    """
    return {
        room: plain(read(_declared[room], given)) if room in _declared else dict(given)
        for room, given in options.items()
    }


@operation
def keep_options(event: Event, rules: Any, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Save one room's rules. The caller has checked that the actor may."""
    expect_version(event, version)
    event.options = {**event.options, _room_of(type(rules)): plain(rules)}
    record("events.rules_changed", event, actor=actor, at=at, event_id=event.id, room=_room_of(type(rules)))
