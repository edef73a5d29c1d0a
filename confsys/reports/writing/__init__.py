"""A report as files: made with its figures and kept with them."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app

from confsys.core.actor import Actor
from confsys.core.files import StoredFile, receive_path
from confsys.core.i18n import force_locale
from confsys.core.localized import LOCALES
from confsys.reports import reading
from confsys.reports.states import FileForm

Contents = dict[tuple[FileForm, str], bytes]


def contents(data: dict[str, Any]) -> Contents:
    """Every file of a report, by form and language."""
    # Only the job needs the libraries of documents; the web process starts without them.
    from confsys.reports.writing.word import document  # noqa: PLC0415
    from confsys.reports.writing.workbook import workbook  # noqa: PLC0415

    settings = current_app.extensions["settings"]
    found: Contents = {}
    for locale in LOCALES:
        society = settings.society_zh if locale == "zh" else settings.society_en
        with force_locale(locale):
            view = reading.read(data)
            found[FileForm.DOCX, locale] = document(view, society=society, locale=locale)
            found[FileForm.XLSX, locale] = workbook(view)
    found[FileForm.JSON, ""] = json.dumps(data, ensure_ascii=False, indent=1).encode()
    return found


def written(data: dict[str, Any], *, actor: Actor, at: datetime) -> dict[tuple[FileForm, str], StoredFile]:
    """The same as stored files; none is in the database yet."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="confsys-report-") as folder:
        for (form, locale), content in contents(data).items():
            path = Path(folder) / f"report-{locale or 'data'}.{form.value}"
            path.write_bytes(content)
            found[form, locale] = receive_path(path, name=path.name, actor=actor, at=at)
    return found
