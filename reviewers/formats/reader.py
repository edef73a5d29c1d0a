"""One door for both forms of instance."""

from __future__ import annotations

from pathlib import Path

from ..errors import BadInstance
from ..instance import Instance
from .folder import read_folder
from .npz import read_npz


def read(path: Path) -> Instance:
    """The instance in an `.npz` file or a folder of CSV; BadInstance says in one sentence what is wrong."""
    if path.is_dir():
        return read_folder(path)
    if not path.exists():
        raise BadInstance(f"There is no file or folder {path}.")
    if path.suffix != ".npz":
        raise BadInstance(f"{path.name} is neither an .npz file nor a folder of CSV files.")
    return read_npz(path)
