"""Giving a paper's file to a reviewer who must not learn who wrote it."""

from __future__ import annotations

import atexit
import os
import tempfile
from functools import cache
from pathlib import Path

from flask import Response, current_app
from werkzeug.exceptions import NotFound

from confsys.core.files import send, store
from confsys.core.files.models import StoredFile
from confsys.core.files.serving import send_path
from confsys.reviewing.blinding import DOCX, KINDS, PDF
from confsys.reviewing.standing import ReviewStanding
from confsys.submissions.models import PaperFile
from proceedings import Pool
from proceedings.isolation import AbandonedError

ENDINGS = {PDF: ".pdf", DOCX: ".docx"}
SECONDS = 60


def send_blind(row: PaperFile, number: int, *, standing: ReviewStanding) -> Response:
    """The file under a neutral name; for a reader who may not know the authors also without hidden traces of them.

    A document that cannot be cleaned is not given out at all.
    """
    name = (
        f"paper-{number}{'' if row.kind.value == 'manuscript' else f'-{row.id}'}{ENDINGS.get(row.file.media_type, '')}"
    )
    if standing.knows_authors or row.file.media_type not in KINDS:
        return send(row.file, name=name, inline=True)
    return send_path(_blind_copy(row.file), row.file.media_type, name=name, inline=True)


def _blind_copy(file: StoredFile) -> Path:
    """Made at the first reading, kept in a folder that may be emptied at any time."""
    folder: Path = current_app.extensions["settings"].var / "cache" / "blind"
    kept = folder / file.sha256
    if kept.exists():
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        with store().local(file.sha256) as source:
            arguments = {"source": str(source), "target": name, "media_type": file.media_type}
            _pool(os.getpid()).call("confsys.reviewing.blinding:blind", arguments, SECONDS)
        Path(name).replace(kept)
    except AbandonedError as error:
        current_app.logger.warning("file %s could not be made blind: %s", file.sha256, error)
        raise NotFound from error
    finally:
        Path(name).unlink(missing_ok=True)
    return kept


@cache
def _pool(_process: int) -> Pool:
    """One worker a process; a forked child starts its own."""
    pool = Pool(1)
    atexit.register(pool.__exit__, None, None, None)
    return pool
