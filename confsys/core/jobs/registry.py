"""Which functions run in the background, and how they tell how far they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from confsys.core.i18n import Lazy


class Progress(Protocol):
    """What a job is given to report with. Reporting also proves that the worker lives."""

    def step(self, done: int, total: int) -> None: ...

    def say(self, message: str, **values: Any) -> None:
        """A line of the log: a message marked with ``N_``, translated when it is read."""


Function = Callable[[dict[str, Any], Progress], dict[str, Any] | None]
_functions: dict[str, Function] = {}
_titles: dict[str, Lazy | str] = {}


def job(name: str, title: Lazy | str) -> Callable[[Function], Function]:
    """Register a function as the job ``name``.

    It gets its arguments and a Progress and returns its result, both plain JSON. It may be killed at any line
    and run again from the start, so it must be safe to repeat.
    """

    def register(function: Function) -> Function:
        if name in _functions:
            raise RuntimeError(f"two jobs are named {name}")
        _functions[name], _titles[name] = function, title
        return function

    return register


def function_of(name: str) -> Function:
    return _functions[name]


def title_of(name: str) -> Lazy | str:
    return _titles.get(name, name)


def N_(message: str) -> str:  # noqa: N802  the customary name of the marker
    """Mark a message for translation without translating it."""
    return message
