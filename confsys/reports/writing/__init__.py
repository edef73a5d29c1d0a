"""A report as files: made with its figures and kept with them."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from confsys.core.actor import Actor
from confsys.core.files import StoredFile, receive_path
from confsys.reports.states import FileForm


def written(data: dict[str, Any], *, actor: Actor, at: datetime) -> dict[tuple[FileForm, str], StoredFile]:
    """Every file of a report, by form and language; none is in the database yet."""
    contents = {(FileForm.JSON, ""): json.dumps(data, ensure_ascii=False, indent=1).encode()}
    found = {}
    with tempfile.TemporaryDirectory(prefix="confsys-report-") as folder:
        for (form, locale), content in contents.items():
            path = Path(folder) / f"report-{locale or 'data'}.{form.value}"
            path.write_bytes(content)
            found[form, locale] = receive_path(path, name=path.name, actor=actor, at=at)
    return found
