"""The staff's list of papers: columns, filters, search and the rows as their readers may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import load_only

from confsys.core.db import db
from confsys.core.formatting import join, tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.events.context import EventPage
from confsys.events.models import Event, Topic, Track
from confsys.submissions.models import Author, Submission, submission_topic
from confsys.submissions.queries.visibility import visible_to_staff
from confsys.submissions.states import SubmissionState
from confsys.submissions.wording import STATE_WORDS


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the list."""

    id: int
    number: int
    title: LocalizedText
    authors: Sequence[PersonName]
    contacts: Sequence[str]
    track: LocalizedText
    topics: Sequence[LocalizedText]
    state: SubmissionState
    presentation: str
    submitted_at: datetime | None

    @property
    def author_line(self) -> str:
        """The first authors, and how many more."""
        shown = [name.both for name in self.authors[:4]]
        return join(shown) if len(self.authors) <= 4 else f"{join(shown)} … ({len(self.authors)})"


def _rows(found: Sequence[Any]) -> list[PaperRow]:
    """Views of the papers on a page, with two more queries whatever their number."""
    papers: list[Submission] = [row[0] for row in found]
    ids = [paper.id for paper in papers]
    authors, contacts = _authors(ids)
    topics, tracks = _topics(ids), _tracks({paper.track_id for paper in papers if paper.track_id is not None})
    return [
        PaperRow(
            id=paper.id, number=paper.number, title=paper.title, authors=authors[paper.id], contacts=contacts[paper.id],
            track=tracks.get(paper.track_id, LocalizedText()), topics=topics[paper.id], state=paper.state,
            presentation=paper.presentation, submitted_at=paper.submitted_at,
        )
        for paper in papers
    ]  # fmt: skip


def _authors(ids: Sequence[int]) -> tuple[dict[int, list[PersonName]], dict[int, list[str]]]:
    columns = select(
        Author.submission_id, Author.given, Author.family, Author.native, Author.email, Author.is_contact
    ).where(Author.submission_id.in_(ids))
    names: dict[int, list[PersonName]] = defaultdict(list)
    contacts: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(columns.order_by(Author.submission_id, Author.position)):
        names[row.submission_id].append(PersonName(row.given, row.family, row.native))
        if row.is_contact and row.email:
            contacts[row.submission_id].append(row.email)
    return names, contacts


def _topics(ids: Sequence[int]) -> dict[int, list[LocalizedText]]:
    columns = select(submission_topic.c.submission_id, Topic.name).join(Topic, Topic.id == submission_topic.c.topic_id)
    found: dict[int, list[LocalizedText]] = defaultdict(list)
    for paper_id, name in db.session.execute(
        columns.where(submission_topic.c.submission_id.in_(ids)).order_by(Topic.position)
    ):
        found[paper_id].append(name)
    return found


def _tracks(ids: set[int]) -> dict[int | None, LocalizedText]:
    columns = select(Track.id, Track.name).where(Track.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(columns)}


def search(query: Select[Any], text: str) -> Select[Any]:
    """Papers in which every word is found, in any order; a number finds that paper, or a title that holds it."""
    for word in folded(text).split():
        number = word.removeprefix("#")
        if _is_number(number):
            in_title = Submission.blind_search_text.like(like(word), escape="\\")
            query = query.where(or_(in_title, Submission.number == int(number)))
        else:
            query = query.where(Submission.search_text.like(like(word), escape="\\"))
    return query


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def _by_state(query: Select[Any], value: str) -> Select[Any]:
    known = {state.value for state in SubmissionState}
    return query.where(Submission.state == SubmissionState(value) if value in known else Submission.id.is_(None))


def _by_track(event: Event) -> Any:
    ids = {track.code.casefold(): track.id for track in event.tracks}

    def apply(query: Select[Any], value: str) -> Select[Any]:
        return query.where(Submission.track_id == ids.get(value.casefold()))

    return apply


def _by_topic(query: Select[Any], value: str) -> Select[Any]:
    topic = exists().where(
        submission_topic.c.submission_id == Submission.id,
        submission_topic.c.topic_id == (int(value) if _is_number(value) else None),
    )
    return query.where(topic)


_COLUMNS: tuple[Column[PaperRow], ...] = (
    Column("number", _l("Number"), lambda row: row.number, Submission.number, "number"),
    Column("title", _l("Title"), lambda row: tx(row.title)),
    Column("title_en", _l("Title in English"), lambda row: row.title.en, export_only=True),
    Column("title_zh", _l("Title in Chinese"), lambda row: row.title.zh, export_only=True),
    Column("authors", _l("Authors"), lambda row: join([name.both for name in row.authors])),
    Column("contacts", _l("Contacts"), lambda row: ", ".join(row.contacts), export_only=True),
    Column("track", _l("Track"), lambda row: tx(row.track), Submission.track_id),
    Column("topics", _l("Topics"), lambda row: join([tx(topic) for topic in row.topics])),
    Column("state", _l("State"), lambda row: str(STATE_WORDS[row.state]), Submission.state, "state"),
    Column("presentation", _l("Presentation"), lambda row: row.presentation, export_only=True),
    Column("submitted", _l("Received"), lambda row: row.submitted_at, Submission.submitted_at, "date"),
)


def listing(event: Event) -> Listing[PaperRow]:
    """The list of one event."""
    states = [state for state in SubmissionState if state is not SubmissionState.DRAFT]
    filters = [
        Filter("state", _l("State"), lambda: [(state.value, STATE_WORDS[state]) for state in states], _by_state),
    ]
    if event.tracks:
        tracks = [(track.code, track.name) for track in event.tracks]
        filters.append(Filter("track", _l("Track"), lambda: [(c, tx(name)) for c, name in tracks], _by_track(event)))
    if event.topics:
        topics = [(str(topic.id), topic.name) for topic in event.topics]
        filters.append(Filter("topic", _l("Topic"), lambda: [(i, tx(name)) for i, name in topics], _by_topic))
    columns = _COLUMNS if event.tracks else tuple(c for c in _COLUMNS if c.key != "track")
    return Listing(
        name=f"{event.slug}-papers", columns=columns if event.topics else [c for c in columns if c.key != "topics"],
        view=_rows, search=search, filters=filters, default_sort="number", tie_break=(Submission.number,),
    )  # fmt: skip


def papers(page: EventPage) -> Any:
    """The list as this viewer may see it: a page for the template, or a file."""
    return listing(page.event).answer(_light(visible_to_staff(page.standing)))


def _light(query: Select[Any]) -> Select[Any]:
    """Without the long texts, which a list does not show."""
    return query.options(
        load_only(
            Submission.number, Submission.title, Submission.track_id, Submission.state, Submission.presentation,
            Submission.submitted_at,
        )
    )  # fmt: skip
