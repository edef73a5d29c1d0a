"""Five hundred readers in one session against a running server: what following costs, and how late news comes.

``python -m tests.bench.exchange`` starts the product as ``make run`` does, in a folder of its own, and lets readers
ask for news as their pages do, while votes are cast. It prints processor seconds of the web process, how long after
a vote the readers have it, and what the whole room saw.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from tests.smtp_sink import free_port

READERS = 500
PAUSE = 3.5  # seconds between two looks of one page, as in static/js/live.js
SECONDS = 30
VOTES = 10  # changes while the readers follow


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    environment = dict(os.environ, CONFSYS_MODE="demo", CONFSYS_VAR=str(folder), CONFSYS_RATE_LIMITS="no")
    server = subprocess.Popen(
        [sys.executable, "-m", "confsys.running", str(port)], env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(1200):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return server
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def web_seconds(port: int) -> float:
    """Processor seconds that the web processes have used."""
    total = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes()
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if b"gunicorn" in command and f":{port}".encode() in command:
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


class Room:
    """``changed``: revision -> when it was committed. ``late``: seconds until a reader had it."""

    def __init__(self, port: int, channel: str, revision: int) -> None:
        self.port, self.channel, self.first = port, channel, revision
        self.changed: dict[int, float] = {}
        self.late: list[float] = []
        self.looks: list[float] = []
        self.wrong = 0

    async def look(self, have: int) -> int:
        """One request as a page makes it, on a connection of its own; gives the revision the reader has now."""
        began = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"GET /live/{self.channel}?locale=en&have={have} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        answer = await reader.read()
        writer.close()
        self.looks.append(time.monotonic() - began)
        status = answer[9:12]
        if status == b"200":
            revision = int(answer.rpartition(b'"revision":')[2].split(b"}")[0])
            now = time.monotonic()
            self.late += [now - self.changed[n] for n in range(have + 1, revision + 1) if n in self.changed]
            return revision
        self.wrong += status != b"204"
        return have

    async def follow(self, until: float, dice: random.Random) -> int:
        have = self.first
        await asyncio.sleep(dice.random() * PAUSE)
        while time.monotonic() < until:
            have = await self.look(have)
            await asyncio.sleep(PAUSE * (0.75 + dice.random() / 2))
        return await self.look(have)


def change(database: Path, room: Room) -> None:
    """A vote as the operation commits it: the counter of the question and the revision of the floor."""
    with sqlite3.connect(database, timeout=30) as connection:
        connection.execute("UPDATE floor SET revision = revision + 1 WHERE channel = ?", (room.channel,))
        (revision,) = connection.execute("SELECT revision FROM floor WHERE channel = ?", (room.channel,)).fetchone()
    room.changed[revision] = time.monotonic()


async def measure(folder: Path, port: int) -> None:
    with sqlite3.connect(folder / "confsys.db") as connection:
        query = "SELECT f.channel, f.revision FROM floor f JOIN question q ON q.floor_id = f.id GROUP BY f.id"
        channel, revision = connection.execute(query + " ORDER BY count(*) DESC").fetchone()
    room, dice = Room(port, channel, revision), random.Random(7)
    await room.look(0)
    room.looks.clear()
    before, began = web_seconds(port), time.monotonic()
    until = began + SECONDS
    readers = [asyncio.create_task(room.follow(until, dice)) for _ in range(READERS)]
    for _ in range(VOTES):
        await asyncio.sleep(SECONDS / (VOTES + 1))
        await asyncio.to_thread(change, folder / "confsys.db", room)
    seen = await asyncio.gather(*readers)
    took, used = time.monotonic() - began, web_seconds(port) - before
    late, looks = sorted(room.late), sorted(room.looks)
    newest = max(room.changed)
    lines = (
        f"{READERS} readers, {took:.0f} s, {len(looks) / took:.0f} looks a second, {VOTES} changes",
        f"web process: {used / took:.0%} of one core, {1000 * used / len(looks):.1f} ms of processor a look",
        f"a look took {1000 * statistics.median(looks):.0f} ms (median), {1000 * _ninety_five(looks):.0f} ms (95 %)",
        f"news came after {statistics.median(late):.1f} s (median), {_ninety_five(late):.1f} s (95 %)",
        f"answers that were neither 200 nor 204: {room.wrong}",
        f"readers with the last revision at the end: {sum(r == newest for r in seen)}",
        f"load of the machine: {os.getloadavg()[0]:.1f}",
    )
    print("\n".join(lines))


def _ninety_five(values: list[float]) -> float:
    return values[int(len(values) * 0.95)]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with tempfile.TemporaryDirectory(prefix="confsys-bench-") as name:
        port = free_port()
        server = start(Path(name), port)
        try:
            asyncio.run(measure(Path(name), port))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


if __name__ == "__main__":
    main()
