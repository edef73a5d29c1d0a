"""The staff's pages: the list of papers, one paper's record, putting it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.decisions import Decision, allow_if
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.files import StoredFile, send
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Job
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing, room_page
from confsys.events.states import Feature
from confsys.submissions import operations, rules
from confsys.submissions.context import PaperPage, paper_page
from confsys.submissions.operations.asking import ZIP, ask_for_zip
from confsys.submissions.queries.conflicts import conflicts_of
from confsys.submissions.queries.listing import papers as list_papers
from confsys.submissions.queries.records import files_of, own_answers
from confsys.submissions.queries.story import story
from confsys.submissions.views.blueprint import bp, by_paper
from confsys.submissions.views.desk import Desk
from confsys.submissions.wording import CONFLICT_WORDS, SOURCE_WORDS, STATE_TONES, STATE_WORDS

_event = room_page(Feature.SUBMISSIONS)


@bp.get("/papers")
@access(_event, by_standing(rules.may_list))
def papers(page: EventPage) -> Any:
    found = list_papers(page)
    if isinstance(found, Response):
        return found
    return render_template(
        "submissions/papers.html", found=found, event=page.event, words=STATE_WORDS, tones=STATE_TONES,
        may_import=rules.may_import(page.standing), may_set_rules=rules.may_set_rules(page.standing),
    )  # fmt: skip


@bp.post("/papers/zip")
@access(_event, by_standing(rules.may_list))
def zip_files(page: EventPage) -> Any:
    """Collect the files of what the list shows, in the background."""
    wanted = ask_for_zip(
        page.event, request.form.get("q", ""), standing=page.standing, actor=page.viewer.actor, at=g.now
    )
    here = url_for(".zip_file", slug=page.event.slug, job_id=wanted.id)
    return redirect(url_for("core.job", job_id=wanted.id, next=here), code=303)


@dataclass(frozen=True, slots=True)
class ZipPage(EventPage):
    """A collection that somebody asked for."""

    job: Job


def _zip(viewer: Viewer, slug: str, job_id: int) -> ZipPage:
    page = _event(viewer, slug=slug)
    row = db.session.get(Job, job_id)
    if row is None or (row.name, row.event_id) != (ZIP, page.event.id) or "file_id" not in row.result:
        raise NotFound
    return ZipPage(page.event, page.standing, row)


def _own_zip(page: ZipPage) -> Decision:
    """Who asked for it, and only as long as they may read the papers."""
    return allow_if(rules.may_list(page.standing) and page.job.owner_id == page.viewer.person_id)


@bp.get("/papers/zip/<int:job_id>")
@access(_zip, _own_zip)
def zip_file(page: ZipPage) -> Any:
    stored = db.session.get_one(StoredFile, page.job.result["file_id"])
    return send(stored, name=f"{page.event.slug}-papers.zip")


@bp.get("/papers/<int:number>")
@access(paper_page, by_paper(rules.may_read_as_staff))
def paper(page: PaperPage) -> str:
    paper = page.submission
    return render_template(
        "submissions/paper.html", event=page.event, paper=paper, files=files_of(paper), answers=own_answers(paper),
        story=story(paper, for_authors=False), word=STATE_WORDS[paper.state], tone=STATE_TONES[paper.state],
        conflicts=conflicts_of(paper.id), conflict_words=CONFLICT_WORDS, source_words=SOURCE_WORDS,
        correct=rules.may_correct(page.standing), revive=rules.may_revive(page.standing),
    )  # fmt: skip


@bp.get("/papers/<int:number>/correct")
@access(paper_page, by_paper(rules.may_correct))
def correction(page: PaperPage) -> tuple[str, int]:
    return _correction(Desk.of(page))


def _correction(desk: Desk, status: int = 200) -> tuple[str, int]:
    return render_template(
        "submissions/correct.html", desk=desk, form=desk.form, event=desk.page.event, paper=desk.page.submission
    ), status  # fmt: skip


@bp.post("/papers/<int:number>/correct")
@access(paper_page, by_paper(rules.may_correct))
def correct(page: PaperPage) -> Any:
    desk = Desk.posted(page)
    if "rows" in request.form:
        return _correction(desk.rows_changed())
    if desk.unfit():
        return _correction(desk, 422)
    try:
        parts = operations.correct(
            page.submission, desk.content, standing=page.standing.event, version=desk.form.seen_version,
            actor=page.viewer.actor, at=g.now,
        )  # fmt: skip
    except Invalid as error:
        desk.blame(error)
        return _correction(desk, 422)
    except StaleVersion:
        desk.show_stale()
        return _correction(desk, 409)
    notice(_l("The record is corrected; its contacts get a note.") if parts else _l("Nothing was changed."))
    return back(".paper", slug=page.event.slug, number=page.submission.number)
