"""Files that wait for a person's next step."""

from __future__ import annotations

from confsys.core.db import db
from confsys.core.files import StoredFile
from confsys.core.operation import operation


@operation
def keep_upload(stored: StoredFile) -> StoredFile:
    """Give an upload its row, so that the next page finds it again."""
    db.session.add(stored)
    db.session.flush()
    return stored
