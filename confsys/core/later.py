"""Parts of the frame that are worked out only when a page is drawn: a POST or a mail pays nothing for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class Later:
    """A sequence that is worked out at first use in a request."""

    def __init__(self, make: Callable[[], list[Any]]) -> None:
        self._make = make
        self._made: list[Any] | None = None

    def _items(self) -> list[Any]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items())

    def __len__(self) -> int:
        return len(self._items())
