"""Pages of a final version as pictures, drawn in a process apart and kept beside the files until they are cleared."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flask import current_app

from confsys.core.files import store

#: The most pages that a proof shows.
MOST = 20
_SCALE = 1.6


def picture(sha256: str, page: int) -> Path | None:
    """A page (from 1) of a stored PDF as PNG; None where it cannot be drawn."""
    # The engine's isolation is needed by this page alone, not by the start of the web process.
    from proceedings.isolation import AbandonedError, Worker  # noqa: PLC0415

    folder = Path(current_app.extensions["settings"].var) / "pictures" / sha256
    target = folder / f"{page}.png"
    if target.is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    worker = Worker()
    with tempfile.TemporaryDirectory(dir=folder) as scratch, store().local(sha256) as path:
        made = Path(scratch) / "page.png"
        arguments = {"path": str(path), "page": page, "target": str(made)}
        try:
            worker.call("confsys.publishing.pictures:draw", arguments, seconds=20)
        except AbandonedError:
            return None
        finally:
            worker.close()
        os.replace(made, target)
    return target


def draw(path: str, page: int, target: str) -> None:
    """Draw one page. Runs in a worker process: the file is a stranger's."""
    import pypdfium2  # noqa: PLC0415  only the worker needs it

    document = pypdfium2.PdfDocument(path)
    try:
        document[page - 1].render(scale=_SCALE).to_pil().save(target)
    finally:
        document.close()
