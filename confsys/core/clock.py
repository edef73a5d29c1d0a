"""The one clock.

Nobody else asks the operating system for the time: pages, jobs and commands take ``now()`` once and pass it
on as ``at``. Tests set the clock with ``frozen``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)

#: "Anywhere on Earth": a deadline holds until the day has ended in the last time zone.
AOE_OFFSET = timedelta(hours=-12)


def now() -> datetime:
    """The present moment in UTC, to the second: finer grains would only make equal things unequal."""
    return _frozen.get() or datetime.now(UTC).replace(microsecond=0)


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Hold the clock still at an aware ``moment``."""
    if moment.tzinfo is None:
        raise ValueError("the clock takes aware moments only")
    token = _frozen.set(moment.astimezone(UTC).replace(microsecond=0))
    try:
        yield moment
    finally:
        _frozen.reset(token)
