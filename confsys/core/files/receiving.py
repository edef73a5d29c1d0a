"""Taking a file in: content first, then the row that names it, in the caller's operation."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path, PurePosixPath

from werkzeug.datastructures import FileStorage

from confsys.core.actor import Actor
from confsys.core.files.models import StoredFile
from confsys.core.files.sniffing import sniff
from confsys.core.files.storage import digest, store
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l


class UploadRefused(Exception):
    """The file cannot be taken; ``reason`` is for the person who sent it."""

    def __init__(self, reason: Lazy | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def receive(upload: FileStorage, *, allowed: Collection[str] = (), actor: Actor, at: datetime) -> StoredFile:
    """Keep an upload's content and return its row, not yet added to the session.

    ``allowed`` are media types by content; empty: any. Raises UploadRefused.
    """
    name = _safe_name(upload.filename or "")
    with tempfile.TemporaryDirectory(prefix="confsys-upload-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as sink:
            shutil.copyfileobj(upload.stream, sink, 1 << 18)
        return receive_path(path, name=name, allowed=allowed, actor=actor, at=at)


def receive_path(path: Path, *, name: str, allowed: Collection[str] = (), actor: Actor, at: datetime) -> StoredFile:
    """Keep a file that lies on this machine (an import, a generated document)."""
    size = path.stat().st_size
    if size == 0:
        raise UploadRefused(_l("This file is empty. Please choose it again; perhaps it was not saved yet."))
    media_type = sniff(path)
    if allowed and media_type not in allowed:
        raise UploadRefused(_l("This file is of another kind than its name says or than is asked for here."))
    with path.open("rb") as source:
        sha256 = digest(source)
    store().put(path, sha256)
    return StoredFile(
        sha256=sha256, size=size, media_type=media_type, name=_safe_name(name), created_at=at,
        created_by_id=actor.person_id,
    )  # fmt: skip


def _safe_name(name: str) -> str:
    plain = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in plain if c.isprintable())[:200] or "file"
