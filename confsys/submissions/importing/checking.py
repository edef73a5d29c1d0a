"""Every row of an import against the event, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from confsys.core import identifiers
from confsys.core.db import db
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import folded
from confsys.events.models import Event
from confsys.submissions.importing.extras import Extra
from confsys.submissions.importing.rows import ImportedPaper, ImportFile, RowProblem
from confsys.submissions.models import Submission
from confsys.submissions.operations.writing import too_long
from confsys.submissions.requirements import ADDRESS


def check(event: Event, file: ImportFile, extras: Sequence[Extra] = ()) -> list[RowProblem]:
    """What is wrong, by row. Errors stop the import, warnings do not."""
    known = _titles(event.id)
    tracks = {folded(key) for track in event.tracks for key in (track.code, track.name.en, track.name.zh) if key}
    topics = {folded(key) for topic in event.topics for key in (topic.name.en, topic.name.zh) if key}
    problems = list(file.problems)
    for paper in file.papers:
        problems += _of_title(paper, known)
        problems += _of_choices(paper, tracks, topics)
        problems += _of_authors(paper)
    for extra in extras:
        problems += extra.check(event, file)
    return sorted(problems, key=lambda problem: (problem.row, problem.warning))


def _titles(event_id: int) -> dict[str, tuple[str, int]]:
    """{folded title: (where, number)} of the papers that are there already."""
    columns = select(Submission.number, Submission.title).where(Submission.event_id == event_id)
    return {
        folded(title): ("event", row.number)
        for row in db.session.execute(columns)
        for title in (row.title.en, row.title.zh)
        if title
    }


def _of_title(paper: ImportedPaper, known: dict[str, tuple[str, int]]) -> Iterator[RowProblem]:
    if not paper.title and paper.key:
        yield RowProblem(paper.row, _l("The title is missing; “%(key)s” stands for it.", key=paper.key), warning=True)
    elif not paper.title:
        yield RowProblem(paper.row, _l("The title is missing."))
    for title in filter(None, (paper.title.en, paper.title.zh)):
        where, number = known.get(folded(title), ("", 0))
        if where == "event":
            yield RowProblem(paper.row, _l("A paper of this title is there already: number %(n)s.", n=number))
        elif where == "file":
            yield RowProblem(paper.row, _l("Row %(n)s has the same title.", n=number))
        known.setdefault(folded(title), ("file", paper.row))


def _of_choices(paper: ImportedPaper, tracks: set[str], topics: set[str]) -> Iterator[RowProblem]:
    if paper.track and folded(paper.track) not in tracks:
        yield RowProblem(paper.row, _l("The event has no track “%(name)s”.", name=paper.track))
    for topic in paper.topics:
        if folded(topic) not in topics:
            yield RowProblem(paper.row, _l("The event has no topic “%(name)s”.", name=topic))


def _of_authors(paper: ImportedPaper) -> Iterator[RowProblem]:
    if not any(author.name for author in paper.authors):
        yield RowProblem(paper.row, _l("This paper names no authors."), warning=True)
    for n, author in enumerate(paper.authors, start=1):
        if not author.name and not author.blank:
            yield RowProblem(paper.row, _l("Author %(n)s has no name.", n=n))
        elif not author.name:
            yield RowProblem(paper.row, _l("Author %(n)s has no name and is left out.", n=n), warning=True)
        if author.email and not ADDRESS.fullmatch(author.email):
            yield RowProblem(paper.row, _l("The address of author %(n)s is not an e-mail address.", n=n))
        if author.orcid and not _is_orcid(author.orcid):
            yield RowProblem(paper.row, _l("The ORCID iD of author %(n)s has a typing error.", n=n))
        if too_long(author):
            yield RowProblem(paper.row, _l("The name or address of author %(n)s is too long.", n=n))


def _is_orcid(text: str) -> bool:
    try:
        identifiers.orcid(text)
    except ValueError:
        return False
    return True
