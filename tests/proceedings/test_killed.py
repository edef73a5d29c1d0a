"""A build killed at any step leaves the last good volume in place, and the next build is clean."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import proceedings
from proceedings import publish
from proceedings.publish import replacing
from tests.proceedings.volumes import small
from tests.shared import ROOT

ONLY = ("pdf", "bibtex")
#: Kills its own process where the build reports the step given, or where it is about to take the place of the last.
_KILLED = """
import os, signal, sys
import proceedings
from proceedings import publish
volume, out, step = sys.argv[1:]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if step == "replace":
    publish._exchange = die
if step == "sync":
    publish._sync = die
proceedings.build(volume, out, only=("pdf", "bibtex"), jobs=1, progress=lambda at: die() if at.step == step else None)
"""


def digests(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def volume(tmp_path_factory) -> Path:
    return small(tmp_path_factory.mktemp("killed") / "in")


@pytest.fixture(scope="module")
def good(volume, tmp_path_factory) -> dict[str, bytes]:
    """The same input gives the same bytes: what a clean build must be, whatever happened before."""
    return digests(proceedings.build(volume, tmp_path_factory.mktemp("good") / "out", only=ONLY).folder)


@pytest.mark.parametrize("step", ["papers", "formats", "verify", "sync", "replace"])
def test_killed_at_a_step(volume: Path, good, tmp_path: Path, step: str):
    out = tmp_path / "out"
    out.mkdir()
    (out / "volume.pdf").write_text("the last good volume")
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, volume, out, step],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert digests(out) == {"volume.pdf": b"the last good volume"}
    if step in ("papers", "replace"):  # one that left nothing beside it and one that left all
        proceedings.build(volume, out, only=ONLY)
        assert digests(out) == good
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("between", [False, True])
def test_without_an_exchange_two_renames_do(tmp_path: Path, monkeypatch, between: bool):
    """Where the file system cannot swap, a run killed between the renames is put right by the next."""
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("old")
    if between:
        out.rename(tmp_path / ".out.old")
        (tmp_path / ".out.new").mkdir()
    with pytest.raises(KeyError), replacing(out):
        raise KeyError
    assert (out / "a").read_text() == "old"
    with replacing(out) as folder:
        (folder / "a").write_text("new")
    assert (out / "a").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
