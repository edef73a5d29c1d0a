"""What held connections would cost: five hundred open streams in one process of the web server we run.

``python -m tests.bench.streams`` serves a tiny application with as many threads as readers, which is what server-sent
events need with threads, and says memory, processor time and how late the last reader hears a change. The product asks
for news instead (docs/architecture.md says why); ``tests.bench.exchange`` measures that.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.smtp_sink import free_port

READERS = 500
CHANGES = 10
_change = threading.Condition()
_at = 0.0


def app(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
    """``/news`` wakes every stream; any other address is a stream that holds its thread."""
    if environ["PATH_INFO"] == "/news":
        return _wake(start_response)
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    return _stream()


def _wake(start_response: Any) -> Iterator[bytes]:
    global _at
    with _change:
        _at = time.time()
        _change.notify_all()
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"told"


def _stream() -> Iterator[bytes]:
    yield b"data: open\n\n"
    while True:
        with _change:
            _change.wait()
            at = _at
        yield f"data: {at}\n\n".encode()


async def _read(port: int, heard: list[float], opened: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
    async for line in reader:
        if line.startswith(b"data: open"):
            opened.append(1)
        elif line.startswith(b"data: "):
            heard.append(time.time() - float(line[6:]))


async def _measure(port: int) -> tuple[list[float], int]:
    heard: list[float] = []
    opened: list[int] = []
    readers = [asyncio.create_task(_read(port, heard, opened)) for _ in range(READERS)]
    for _ in range(600):
        await asyncio.sleep(0.1)
        if len(opened) == READERS:
            break
    for _ in range(CHANGES):
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /news HTTP/1.0\r\n\r\n")
        await asyncio.sleep(1.5)
        writer.close()
    for task in readers:
        task.cancel()
    return heard, len(opened)


def _used(pids: list[int]) -> tuple[float, float]:
    """Processor seconds and megabytes of the server."""
    seconds = megabytes = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        megabytes += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return seconds, megabytes


def main() -> None:
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "tests.bench.streams:app", "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--worker-class", "gthread", "--threads", str(READERS + 8), "--worker-connections", str(READERS + 100),
        "--timeout", "120", "--graceful-timeout", "2", "--log-level", "error", "--no-control-socket",
    ]  # fmt: skip
    server = subprocess.Popen(command, start_new_session=True)
    try:
        time.sleep(3)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        pids = [int(pid) for pid in children]
        before = _used(pids)
        heard, opened = asyncio.run(_measure(port))
        after = _used(pids)
        print(f"{READERS} streams wanted, {opened} open, {CHANGES} changes, {len(heard)} of {CHANGES * READERS} heard")
        print(f"memory {before[1]:.0f} MB without and {after[1]:.0f} MB with the streams")
        print(f"{1000 * (after[0] - before[0]) / CHANGES:.0f} ms of processor a change")
        if heard:
            late = statistics.quantiles(heard, n=20)
            print(f"heard after {late[9]:.2f} s (median), {late[18]:.2f} s (95 %), {max(heard):.2f} s (last)")
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # it waits for its streams otherwise
        server.wait()


if __name__ == "__main__":
    main()
