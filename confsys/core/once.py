"""Reading once what several parts of one page ask for: whether the programme is out, whose treasurer somebody is."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from flask import g, has_app_context, has_request_context

from confsys.core.signals import committed

P = ParamSpec("P")
R = TypeVar("R")
_KEPT = "_read_once"


def once_a_request(read: Callable[P, R]) -> Callable[P, R]:
    """Remember what ``read`` gave for the same (hashable) arguments until the request ends or something is written."""

    @functools.wraps(read)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        if not has_request_context():
            return read(*args, **kwargs)
        kept: dict[Any, R] = g.setdefault(_KEPT, {})
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = read(*args, **kwargs)
        return kept[key]

    return remembered


@committed.connect
def _forget(_sender: object) -> None:
    if has_app_context():  # a request can share ``g`` with what is written around it
        g.pop(_KEPT, None)
