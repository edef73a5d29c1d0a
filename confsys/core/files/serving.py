"""Giving a file out. The caller has checked the reader's standing; nothing here is public by itself."""

from __future__ import annotations

from pathlib import Path

from flask import Response
from werkzeug.http import dump_options_header

from confsys.core.files.models import StoredFile
from confsys.core.files.sniffing import IMAGES, PDF
from confsys.core.files.storage import store

_SHOWN_IN_PAGE = IMAGES | {PDF}


def send(stored: StoredFile, *, name: str, inline: bool = False, public: bool = False) -> Response:
    """Stream a file under a name the *reader* may know (never the uploader's own in a blind stage)."""
    response = Response(store().read(stored.sha256), mimetype=stored.media_type, direct_passthrough=True)
    response.headers["Content-Length"] = str(stored.size)
    response.set_etag(stored.sha256)
    return _headed(response, name=name, inline=inline, public=public)


def send_path(path: Path, media_type: str, *, name: str, inline: bool = False) -> Response:
    """Give out a file made from an upload, under the same conditions."""
    response = Response(path.read_bytes(), mimetype=media_type)
    return _headed(response, name=name, inline=inline, public=False)


def _headed(response: Response, *, name: str, inline: bool, public: bool) -> Response:
    shown = inline and response.mimetype in _SHOWN_IN_PAGE
    ascii_name = name.encode("ascii", "ignore").decode() or "file"
    response.headers["Content-Disposition"] = dump_options_header(
        "inline" if shown else "attachment", {"filename": ascii_name, "filename*": name} if ascii_name != name
        else {"filename": name},
    )  # fmt: skip
    response.headers["X-Content-Type-Options"] = "nosniff"
    # A document opened in its own tab runs nothing, even if it is not what it seems; but a split view frames it.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
    )
    response.headers["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response
