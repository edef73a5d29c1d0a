"""What is deposited of a published volume: the engine's records, those that are new or say something else."""

from __future__ import annotations

import copy
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from lxml import etree

from confsys.publishing.models import DoiRecord, VolumeBuild
from confsys.publishing.operations.dois import Batch, next_timestamp
from confsys.publishing.states import DoiState


def batch_of(build: VolumeBuild, records: list[DoiRecord], *, at: datetime) -> Batch:
    """The records of a public build that the agency does not have as they are now."""
    # The engine's formats load Word and XML libraries that the web process does not need at start.
    import proceedings  # noqa: PLC0415
    from proceedings.formats import crossref  # noqa: PLC0415

    described = _described(build)
    own = {submission: id_ for id_, submission in build.inputs["papers"].items()}
    known = {row.submission_id: row for row in records}
    pages: dict[str, Any] = {}
    digests: dict[str, str] = {}
    plain = {paper["id"]: paper for session in described["sessions"] for paper in session["papers"]}
    for paper in build.papers:
        row = known.get(paper.submission_id)
        if row is None:
            continue
        id_ = own[paper.submission_id]
        pages[id_] = proceedings.Range(paper.first_page, paper.last_page)
        words = json.dumps([plain[id_], paper.first_page, paper.last_page], ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(words.encode()).hexdigest()
        if digest != row.digest or row.state in (DoiState.FAILED, DoiState.RESERVED):
            digests[row.doi] = digest
    book = proceedings.Book(proceedings.volume_of(described, Path()), pages)
    chosen = [paper for paper in book.papers() if book.doi(paper).lower() in digests]
    timestamp = next_timestamp(build.volume, at)
    xml = crossref.deposit(book, chosen, str(timestamp))
    id_ = etree.fromstring(xml).findtext(f".//{{{crossref.NS}}}doi_batch_id") or ""
    return Batch(id_, xml.decode(), timestamp, digests)


def _described(build: VolumeBuild) -> dict[str, Any]:
    """The frozen volume with the address of each paper and who answers for the deposit."""
    settings = current_app.extensions["settings"]
    described: dict[str, Any] = copy.deepcopy(build.inputs["volume"])
    positions = {paper.submission_id: paper.position for paper in build.papers}
    here = f"{settings.base_url}/events/{build.volume.event.slug}/proceedings/{build.volume.code}"
    for session in described["sessions"]:
        for paper in session["papers"]:
            paper["url"] = f"{here}/{positions[build.inputs['papers'][paper['id']]]}/"
    described["depositor"] = {"name": settings.society_en, "email": settings.mail_from}
    return described
