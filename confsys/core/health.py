"""Two questions a machine asks: is the process up, and can it do its work?"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from confsys.core import queue
from confsys.core.access import public
from confsys.core.db import db
from confsys.core.files import store

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz(_viewer: object) -> Response:
    return jsonify(status="up")


@bp.get("/readyz")
@public
def readyz(_viewer: object) -> tuple[Response, int]:
    checks: dict[str, Callable[[], object]] = {
        "database": _database,
        "queue": _queue,
        "storage": lambda: store().check(),
    }
    answers = {}
    for name, check in checks.items():
        try:
            check()
            answers[name] = "reachable"
        except Exception as error:  # whatever it is, the answer is "not reachable"
            answers[name] = f"not reachable: {type(error).__name__}"
    ready = all(answer == "reachable" for answer in answers.values())
    return jsonify(status="ready" if ready else "not ready", **answers), 200 if ready else 503


def _database() -> None:
    db.session.execute(text("SELECT 1"))


def _queue() -> None:
    client = queue.connection()
    if client is not None:
        client.ping()
