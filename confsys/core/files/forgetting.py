"""Forgetting a file for good: its row at once, its content as soon as no other row shares it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files.models import StoredFile
from confsys.core.files.storage import store
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, enqueue, job

FORGET_JOB = "core.forget_content"


def forget(stored: StoredFile, *, actor: Actor, at: datetime) -> None:
    """Inside an operation; whatever pointed at the row must let go of it first. Content goes after the commit."""
    enqueue(FORGET_JOB, key=f"forget-content:{stored.id}", actor=actor, at=at, sha256=stored.sha256)
    db.session.delete(stored)
    db.session.flush()


@job(FORGET_JOB, _l("Deleting a file for good"))
def forget_content(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    shared = db.session.scalar(select(StoredFile.id).where(StoredFile.sha256 == arguments["sha256"]).limit(1))
    if shared is not None:
        return {"shared": True}
    store().remove(arguments["sha256"])
    return {"removed": True}
