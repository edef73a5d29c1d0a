"""A finished folder takes the place of the last one at a stroke, or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2


def _beside(target: Path) -> tuple[Path, Path]:
    return target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new folder to write into; on leaving without an exception it becomes ``target``.

    Until then ``target`` is untouched, whatever happens; what a killed run left beside it is cleared away
    first.
    """
    target = target.absolute()
    new, old = _beside(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    new.mkdir()
    try:
        yield new
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    _sync(new)
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(old)
        new.rename(target)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def recover(target: Path) -> None:
    """Put back the last good folder if a run was killed between two renames; remove unfinished ones."""
    new, old = _beside(target.absolute())
    if old.exists() and not target.exists():
        old.rename(target)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def _sync(folder: Path) -> None:
    """Have the bytes on disk before the name changes.

    A power cut must not leave the new name with empty files.
    """
    for path in (folder, *folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step; false where the system or file system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _EXCHANGE) == 0)
