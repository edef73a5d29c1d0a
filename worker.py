"""Background jobs: `python worker.py` runs one RQ worker with a dispatcher beside it.

RQ calls ``worker.run_job`` and ``worker.run_mail``. Any number of workers may run, on any number of machines.
"""

from __future__ import annotations

import functools
import logging
import os
import subprocess
import sys

from flask import Flask
from rq import Queue, Worker

from confsys.app import create_app
from confsys.core.db import db
from confsys.core.jobs.running import perform
from confsys.core.mail.sending import deliver

log = logging.getLogger(__name__)


@functools.cache
def application() -> Flask:
    return create_app()


def run_job(job_id: int) -> None:
    with application().app_context():
        db.engine.dispose(close=False)  # connections of the parent process are not ours
        perform(job_id)


def run_mail() -> None:
    with application().app_context():
        db.engine.dispose(close=False)
        deliver()


def main() -> int:
    """Work until stopped. Workers share the work by leases in the database."""
    app = application()
    settings = app.extensions["settings"]
    client = app.extensions["redis"]
    if client is None:
        log.error("CONFSYS_REDIS_URL is not set: without Redis the web process does the work itself.")
        return 2
    dispatcher = subprocess.Popen([sys.executable, "-m", "confsys", "dispatch", "--parent", str(os.getpid())])
    try:
        Worker([Queue(settings.queue, connection=client)], connection=client).work(with_scheduler=False)
    finally:
        dispatcher.terminate()
        dispatcher.wait(10)
    return 0


if __name__ == "__main__":
    # RQ imports this file as ``worker``; running that very module lets its jobs find the application made.
    import worker

    sys.exit(worker.main())
