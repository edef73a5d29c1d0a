"""The door to the reference data that lies beside the repository and is never copied into it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared(relative: str) -> Path:
    """Path of a file or folder of the shared data; skips the test, by name, where it is absent."""
    path = ROOT.parent / "shared" / relative
    if not path.exists():
        pytest.skip(f"shared data absent: {relative}")
    return path
