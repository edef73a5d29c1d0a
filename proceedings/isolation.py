"""Work on files of strangers in a process apart, bounded in time, memory and processor.

A paper may crash or stall the library that reads it. Each worker is a plain ``python -m
proceedings.isolation`` that answers JSON lines; a worker that dies or is late is killed and replaced, and
the caller gets an :class:`AbandonedError`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import selectors
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, cast

MEMORY = 3 << 30  # address space of a worker, bytes: the shared libraries alone take some hundred megabytes of it
SECONDS = 60.0  # the longest that one call may take
REPLY_LIMIT = 256 << 20  # bytes of one answer
# A page is read and let go again: memory handed back after each costs a fifth of a worker's time in page faults.
_HEAP = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20), "MALLOC_ARENA_MAX": "1"}


class AbandonedError(Exception):
    """The call gave no answer.

    ``reason``: "timeout", "died" (crash or memory) or "failed" (an exception; see text).
    """

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"{reason}: {text}" if text else reason)
        self.reason = reason
        self.text = text


class Worker:
    """One process apart. Not thread-safe: :class:`Pool` hands it to one caller at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: str, arguments: dict[str, Any], seconds: float = SECONDS) -> Any:
        """Run ``module:function(**arguments)`` there.

        Arguments and result are JSON. Raises :class:`AbandonedError`.
        """
        process = self._process or self._start()
        stdin, stdout = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)  # both are pipes
        try:
            stdin.write(json.dumps([function, arguments]).encode() + b"\n")
            stdin.flush()
            line = _read_line(stdout, seconds)
        except (TimeoutError, OSError, EOFError) as error:
            self.close()
            raise AbandonedError("timeout" if isinstance(error, TimeoutError) else "died") from error
        answer = json.loads(line)
        if "error" in answer:
            raise AbandonedError("failed", answer["error"])
        return answer["value"]

    def _start(self) -> subprocess.Popen[bytes]:
        home = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_HEAP, **os.environ, "PYTHONPATH": path},
        )
        return self._process

    def close(self) -> None:
        """Kill the process, if any; the next call starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


def _read_line(stream: IO[bytes], seconds: float) -> bytes:
    """One line of the worker's answer, or TimeoutError; raw reads, so that select sees every byte."""
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            # Between two pieces of one answer the worker is only writing: the full allowance again is
            # harmless.
            if not selector.select(seconds):
                raise TimeoutError
            piece = os.read(stream.fileno(), 1 << 20)
            size += len(piece)
            if not piece or size > REPLY_LIMIT:
                raise EOFError
            parts.append(piece)
            if piece.endswith(b"\n"):
                return b"".join(parts)


class Pool:
    """Several workers behind one door; use as a context manager. ``jobs`` is at least 1."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = max(1, jobs)
        self._threads = ThreadPoolExecutor(max_workers=self.jobs)
        self._workers = [Worker() for _ in range(self.jobs)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def call(self, function: str, arguments: dict[str, Any], seconds: float = SECONDS) -> Any:
        """As :meth:`Worker.call`, by the first idle worker."""
        worker = self._idle.get()
        try:
            return worker.call(function, arguments, seconds)
        finally:
            self._idle.put(worker)

    def submit(self, function: str, arguments: dict[str, Any], seconds: float = SECONDS) -> Future[Any]:
        """As :meth:`call`, without waiting."""
        return self._threads.submit(self.call, function, arguments, seconds)

    def map(self, function: str, calls: Iterable[dict[str, Any]], seconds: float = SECONDS) -> Iterator[Any]:
        """Results in the order of ``calls``; the first :class:`AbandonedError` is raised where it stands."""
        for future in [self.submit(function, arguments, seconds) for arguments in calls]:
            yield future.result()

    def rest(self) -> None:
        """Give back the memory of the workers; the next calls start others. Nothing may be under way."""
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=kind is None, cancel_futures=True)
        for worker in self._workers:
            worker.close()


def serve() -> None:
    """The worker's side: read calls from standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not garble the answers
    for line in sys.stdin.buffer:
        function, arguments = json.loads(line)
        module, _, name = function.partition(":")
        try:
            answer = {"value": getattr(importlib.import_module(module), name)(**arguments)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(answer).encode() + b"\n")
        replies.flush()


if __name__ == "__main__":
    serve()
