"""The door for writing: one operation, one transaction, one commit.

An operation is a function decorated with ``operation``. It takes objects, values, ``actor`` and ``at``, reads
no request, and calls ``record`` for its audit entry and ``outbox`` for mail and jobs. The outermost one
commits; one that calls another joins it. If anything fails nothing has happened.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, Protocol, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from confsys.core.db import Model, db, writing
from confsys.core.errors import Invalid, StaleVersion, explained
from confsys.core.signals import committed

P = ParamSpec("P")
R = TypeVar("R")

_running: ContextVar[bool] = ContextVar("operation_running", default=False)
_dry: ContextVar[bool] = ContextVar("dry_run", default=False)


@contextmanager
def transaction() -> Iterator[None]:
    """One write transaction, joined when one is running already."""
    if _running.get():
        yield
        return
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside an operation")
    # What the caller has read may be old: the transaction starts afresh and reads again under its lock.
    session.rollback()
    token = _running.set(True)
    try:
        with writing():
            yield
            session.flush()
            if _dry.get():
                session.rollback()
            else:
                session.commit()
    except StaleDataError as error:
        session.rollback()
        raise StaleVersion from error
    except IntegrityError as error:
        session.rollback()
        raise explained(error) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        _running.reset(token)
    if not _dry.get():
        committed.send()


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an operation (see the module's head)."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction():
            return function(*args, **kwargs)

    return run


@contextmanager
def dry_run() -> Iterator[None]:
    """Operations inside do everything but keep nothing."""
    token = _dry.set(True)
    try:
        yield
    finally:
        _dry.reset(token)


class _HasVersion(Protocol):
    version: Any


def expect_version(row: _HasVersion, version: int | None) -> None:
    """Refuse a save made from a page that shows an older state. ``None`` means the caller saw no page."""
    if version is not None and row.version != version:
        raise StaleVersion(row=row, seen=version)


def lock(row: Model) -> None:
    """Hold ``row`` until the transaction ends, reading it afresh; others who lock it wait.

    The row alone: PostgreSQL refuses to lock what an outer join (a relationship loaded with it) may leave out.
    """
    db.session.refresh(row, with_for_update={"of": type(row)})


__all__ = ["Invalid", "dry_run", "expect_version", "lock", "operation", "transaction"]
