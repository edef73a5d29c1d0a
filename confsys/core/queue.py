"""The queue: RQ on Redis where there is one, this process where there is none.

The database is the record of what is to be done; Redis only carries the call. Losing it loses nothing.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

import redis
from flask import Flask, current_app

from confsys.core import clock
from confsys.core.jobs import running
from confsys.core.mail import sending
from confsys.core.signals import committed

log = logging.getLogger(__name__)
NUDGE = "confsys:nudge"


def configure(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.extensions["redis"] = (
        redis.Redis.from_url(settings.redis_url, socket_timeout=10, socket_connect_timeout=2)
        if settings.redis_url
        else None
    )
    app.extensions["nudge"] = threading.Event()
    committed.connect(_nudge)


def connection() -> Any:
    """The Redis client, or None when jobs run in process."""
    return current_app.extensions["redis"]


def in_process() -> bool:
    return connection() is None


def _nudge(_sender: object) -> None:
    """Wake the dispatcher. Failing is fine: it looks by itself every second."""
    if not current_app:
        return
    current_app.extensions["nudge"].set()
    client = connection()
    if client is not None:
        try:
            client.lpush(NUDGE, 1)
            client.ltrim(NUDGE, 0, 0)
        except redis.RedisError:
            log.info("queue not reachable; work waits in the database")


def dispatch_once() -> int:
    """Hand everything that waits to the queue; returns how much that was."""
    at = clock.now()
    jobs, mail = running.waiting(at), sending.any_waiting(at)
    client = connection()
    if client is None:
        return sum(running.perform(job_id) for job_id in jobs) + (sending.deliver() if mail else 0)
    # Only dispatchers need RQ; the web process starts without it.
    from rq import Queue  # noqa: PLC0415

    queue = Queue(current_app.extensions["settings"].queue, connection=client)
    for job_id in jobs:
        queue.enqueue("worker.run_job", job_id, job_timeout=-1, result_ttl=0, failure_ttl=0)
        running.mark_handed(job_id, at)
    if mail and client.set("confsys:mail-handed", 1, nx=True, ex=5):
        queue.enqueue("worker.run_mail", job_timeout=-1, result_ttl=0, failure_ttl=0)
    return len(jobs) + mail


def dispatch_forever(app: Flask, stop: threading.Event) -> None:
    """The dispatcher's loop. It outlives a queue or database that is away for a while."""
    pause = app.extensions["settings"].dispatch_seconds
    while not stop.is_set():
        with app.app_context():
            try:
                dispatch_once()
            except redis.RedisError as error:
                log.warning("queue not reachable: %s", error)
            except Exception:
                log.exception("dispatcher")
        _wait(app, pause)


def dispatch_while(app: Flask, parent: int) -> None:
    """Dispatch until the process ``parent``, which started this one, is gone."""
    stop = threading.Event()

    def watch() -> None:
        while os.getppid() == parent:
            stop.wait(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()
    dispatch_forever(app, stop)


def _wait(app: Flask, pause: float) -> None:
    client = app.extensions["redis"]
    nudge: threading.Event = app.extensions["nudge"]
    if client is not None:
        try:
            client.brpop(NUDGE, timeout=pause)
        except redis.RedisError:
            nudge.wait(pause)
    else:
        nudge.wait(pause)
    nudge.clear()


def drain(rounds: int = 100) -> int:
    """Do all that waits, here and now: for tests, the sample and the command line."""
    total = 0
    for _ in range(rounds):
        at = clock.now()
        done = sum(running.perform(job_id) for job_id in running.waiting(at))
        done += sending.deliver() if sending.any_waiting(at) else 0
        if not done:
            return total
        total += done
    raise RuntimeError("the outbox does not empty")
