"""What goes into a volume, fixed at one moment: the engine's ``volume.json`` and the content of every file.

The programme gives the order. A paper that the programme does not place comes last, by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.core.files import sniffing
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.publishing.agreements import copyright_line
from confsys.publishing.models import CameraReady, LicenceSignature, Volume
from confsys.publishing.queries import chapters
from confsys.publishing.queries.order import committees, papers_in_order
from confsys.publishing.record import person, text
from confsys.publishing.states import CameraReadyState, Licence
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.states import SubmissionState

#: The terms of a paper whose rights were transferred: not those of the volume.
RESERVED = {"name": {"en": "All rights reserved", "zh": "保留所有权利"}}
CHAPTERS = LocalizedText("Chapters", "各章")
FURTHER = LocalizedText("Further papers", "其他论文")


def paper_id(paper: Submission) -> str:
    return f"paper-{paper.number}"


def _path(paper: Submission, ready: CameraReady) -> str:
    assert ready.paper_file is not None  # noqa: S101  only papers with a file are printed
    return f"papers/{paper_id(paper)}{sniffing.EXTENSIONS.get(ready.paper_file.file.media_type, '.pdf')}"


def _paper(paper: Submission, ready: CameraReady, form: LicenceSignature | None) -> dict[str, Any]:
    found = {
        "id": paper_id(paper),
        "title": text(paper.title),
        "authors": [person(author) for author in paper.authors],
        "abstract": text(paper.abstract),
        "keywords": {language: words for language, words in paper.keywords.items() if words},
        "file": _path(paper, ready),
        "licence": ready.licence if ready.licence != Licence.TRANSFER else RESERVED,
    }
    if form is not None:
        found["copyright"] = text(copyright_line(form.licence, form.holder, form.employer))
    if paper.submitted_at:
        found["received"] = paper.submitted_at.date().isoformat()
    if paper.outcome_at:
        found["accepted_on"] = paper.outcome_at.date().isoformat()
    return {key: value for key, value in found.items() if value}


def _forms(ready_ids: list[int]) -> dict[int, LicenceSignature]:
    """The form that counts for each final version: the last one signed."""
    query = select(LicenceSignature).where(LicenceSignature.camera_ready_id.in_(ready_ids))
    return {form.camera_ready_id: form for form in db.session.scalars(query.order_by(LicenceSignature.id))}


def _ready_papers(event_id: int) -> dict[int, tuple[Submission, CameraReady]]:
    query = (
        select(Submission, CameraReady)
        .join(CameraReady, CameraReady.submission_id == Submission.id)
        .where(
            Submission.event_id == event_id, Submission.state == SubmissionState.ACCEPTED,
            CameraReady.state == CameraReadyState.READY,
        )
        .options(selectinload(Submission.authors), joinedload(CameraReady.paper_file).joinedload(PaperFile.file))
        .order_by(Submission.number)
    )  # fmt: skip
    return {paper.id: (paper, ready) for paper, ready in db.session.execute(query).all()}


def _sessions(
    order: Iterable[tuple[LocalizedText, Sequence[int]]], ready: dict[int, tuple[Submission, CameraReady]]
) -> list[tuple[LocalizedText, list[int]]]:
    left = dict(ready)
    found = []
    for title, ids in order:
        papers = [id_ for id_ in ids if left.pop(id_, None)]
        if papers:
            found.append((title, papers))
    if left:
        found.append((FURTHER if found else LocalizedText("Papers", "论文"), list(left)))
    return found


def _acronym(event: Event) -> str:
    """Without the year, which the cover and the records put behind it."""
    year = str(event.starts_on.year) if event.starts_on else ""
    return event.acronym.removesuffix(year).rstrip(" -'’")


def frozen_inputs(event: Event, volume: Volume) -> dict[str, Any]:
    """``{"volume": volume.json, "files": {path: sha256}, "papers": {id: submission id}}``."""
    ready = _ready_papers(event.id)
    if volume.special:
        sessions = [(part or CHAPTERS, [id_ for id_ in ids if id_ in ready]) for part, ids in chapters.in_order(volume)]
        sessions = [(part, ids) for part, ids in sessions if ids]
    else:
        elsewhere = chapters.elsewhere(event.id)
        ready = {id_: found for id_, found in ready.items() if id_ not in elsewhere}
        sessions = _sessions(papers_in_order(event.id), ready)
    printed = [ready[id_] for _title, ids in sessions for id_ in ids]
    forms = _forms([camera.id for _paper, camera in printed])
    described: dict[str, Any] = {
        "format": 1,
        "title": text(volume.title),
        "subtitle": text(volume.subtitle),
        "event": text(event.name),
        "acronym": _acronym(event),
        "number": str(event.edition or ""),
        "year": event.starts_on.year if event.starts_on else None,
        "start": event.starts_on.isoformat() if event.starts_on else None,
        "end": event.ends_on.isoformat() if event.ends_on else None,
        "place": text(event.place),
        "publisher": text(volume.publisher),
        "publisher_place": text(volume.place),
        "isbn": volume.isbn,
        "issn": volume.issn,
        "doi_prefix": volume.doi_prefix,
        "licence": volume.licence,
        "contact": event.contact_email,
        "editors": volume.editors,
        "committees": [{"title": text(title), "members": members} for title, members in committees(event.id)],
        "prefaces": [{"title": {"en": "Preface", "zh": "前言"}, "text": words} for words in _preface(volume.preface)],
        "sessions": [
            {"title": text(title), "papers": [_paper(*ready[id_], forms.get(ready[id_][1].id)) for id_ in ids]}
            for title, ids in sessions
        ],
    }
    files = {_path(paper, camera): camera.paper_file.file.sha256 for paper, camera in printed if camera.paper_file}
    return {
        "volume": {key: value for key, value in described.items() if value},
        "files": files,
        "papers": {paper_id(paper): paper.id for paper, _camera in printed},
    }


def _preface(preface: LocalizedText) -> list[str]:
    return [words for words in (preface.zh, preface.en) if words]
