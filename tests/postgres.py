"""A PostgreSQL server for the length of a test run: own folder, own port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

SERVER_VARIABLE = "CONFSYS_TEST_POSTGRES"


def binaries() -> Path | None:
    """The folder of initdb and postgres, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _as_server_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: become ``postgres`` then."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """Start a server; yields its address without a database name."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    who = _as_server_user()
    home = Path(tempfile.mkdtemp(prefix="confsys-pg-"))
    if who:
        os.chown(home, int(str(who["user"])), int(str(who["group"])))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = home / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home, **who}
    subprocess.run(
        [folder / "initdb", "-D", data, "-U", "confsys", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        **quiet,
    )
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    subprocess.run(
        [folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start"], check=True, **quiet
    )
    try:
        yield f"postgresql+psycopg://confsys@127.0.0.1:{port}"
    finally:
        subprocess.run([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, **quiet)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def database(name: str) -> Iterator[str]:
    """An empty database on the run's server (started by the first process; see tests/with_postgres.py)."""
    address = os.environ.get(SERVER_VARIABLE)
    if address is None:
        with server() as own:
            yield from _created(own, name)
    else:
        yield from _created(address, name)


def _created(address: str, name: str) -> Iterator[str]:
    plain = address.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    yield f"{address}/{name}"
