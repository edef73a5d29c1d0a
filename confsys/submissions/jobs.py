"""Background work of this room. Safe to run twice."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import g
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person
from confsys.accounts.sessions import viewer_of
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import receive_path, store
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, job
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.operations.asking import ZIP
from confsys.submissions.operations.receipts import current_file
from confsys.submissions.operations.uploads import keep_upload
from confsys.submissions.queries.listing import listing
from confsys.submissions.queries.records import neutral_name
from confsys.submissions.queries.visibility import visible_to_staff


@job(ZIP, _l("Collecting the papers’ files"))
def zip_files(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Current files of the papers that a query finds for its asker, as they stand when the job runs."""
    event = db.session.get_one(Event, arguments["event"])
    person = db.session.get_one(Person, arguments["person"])
    g.now = clock.now()
    query = visible_to_staff(standing_in(event, viewer_of(person)))
    query = listing(event).selected(query, arguments["q"]).order_by(Submission.number)
    loading = (selectinload(Submission.files).joinedload(PaperFile.file), joinedload(Submission.event))
    found = list(_current(db.session.scalars(query.options(*loading)).unique().all()))
    if not found:
        raise Invalid(_l("None of these papers has a file yet."))
    with tempfile.TemporaryDirectory(prefix="confsys-zip-") as folder:
        path = Path(folder) / "papers.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
            for done, (name, sha256) in enumerate(found, start=1):
                with package.open(name, "w") as sink:
                    for piece in store().read(sha256):
                        sink.write(piece)
                progress.step(done, len(found))
        actor = Actor(person.id)
        stored = keep_upload(receive_path(path, name=f"{event.slug}-papers.zip", actor=actor, at=clock.now()))
    return {"file_id": stored.id, "papers": len(found)}


def _current(papers: Any) -> Iterator[tuple[str, str]]:
    for paper in papers:
        row = current_file(paper)
        if row is not None:
            yield neutral_name(paper, row), row.file.sha256
