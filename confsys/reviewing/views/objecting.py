"""Objecting to a conflict of interest: by the reviewer whom it keeps away, by the authors of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.errors import Invalid
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.reviewing import rules
from confsys.reviewing.context import ReviewPage, review_page
from confsys.reviewing.queries.objections import Known, of_authors, of_reviewer
from confsys.reviewing.views.blueprints import for_those, reviews, room, verdicts
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.operations import conflicts
from confsys.submissions.wording import CONFLICT_WORDS

askable = for_those(rules.may_be_asked)


def _authors(page: ReviewPage) -> Decision:
    return rules.may_see_own_conflicts(page.standing)


@reviews.get("/kept-away")
@access(room, askable)
def kept_away(page: EventPage) -> str:
    """Papers a reviewer is kept away from by comparison: their numbers, and why."""
    return render_template(
        "reviewing/kept_away.html", event=page.event, rows=of_reviewer(page.standing), kinds=CONFLICT_WORDS
    )  # fmt: skip


@reviews.post("/kept-away")
@access(room, askable)
def object_as_reviewer(page: EventPage) -> Any:
    _object(of_reviewer(page.standing), page)
    return back("reviews.kept_away", slug=page.event.slug)


@verdicts.get("/<int:number>/kept-away")
@access(review_page, _authors)
def keeps_away(page: ReviewPage) -> str:
    """Who of the public committee is kept away from the authors' paper, and why."""
    return render_template(
        "reviewing/kept_away.html", event=page.event, rows=of_authors(page.submission), kinds=CONFLICT_WORDS,
        paper=page.submission,
    )  # fmt: skip


@verdicts.post("/<int:number>/kept-away")
@access(review_page, _authors)
def object_as_author(page: ReviewPage) -> Any:
    _object(of_authors(page.submission), page)
    return back("verdicts.keeps_away", slug=page.event.slug, number=page.submission.number)


def _object(known: Sequence[Known], page: EventPage | ReviewPage) -> None:
    """The objection that was sent, to a conflict among those its sender may know. Raises NotFound."""
    wanted = request.form.get("conflict", "")
    if wanted not in {str(each.id) for each in known}:
        raise NotFound
    row = db.session.get_one(Conflict, int(wanted))
    paper = db.session.get_one(Submission, row.submission_id)
    try:
        conflicts.dispute(row, request.form.get("reason", ""), paper=paper, actor=page.viewer.actor, at=g.now)
    except Invalid as objection:
        notice(" ".join(map(str, objection.fields.values())), "error")
    else:
        notice(_("The chairs will look at it. Until then it holds."))
