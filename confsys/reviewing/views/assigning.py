"""Giving papers by hand: from the paper, from the reviewer."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, render_template, request
from werkzeug.exceptions import NotFound

from confsys.accounts.models import Person
from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, local_target, notice
from confsys.reviewing import rules
from confsys.reviewing.context import ReviewPage, by_review, review_page
from confsys.reviewing.models import Assignment
from confsys.reviewing.operations import assignments
from confsys.reviewing.queries import record
from confsys.reviewing.queries.candidates import candidates_for
from confsys.reviewing.views.blueprints import chair
from confsys.reviewing.wording import ASSIGNMENT_WORDS, BID_WORDS
from confsys.submissions.wording import CONFLICT_WORDS

deciding = by_review(rules.may_decide)


@chair.get("/papers/<int:number>/assign")
@access(review_page, deciding)
def assign_page(page: ReviewPage) -> str:
    """Who could review this paper: load, conflicts and scores as they are now."""
    text = request.args.get("q", "").strip()[:100]
    return render_template(
        "reviewing/assign.html", event=page.event, paper=page.submission, q=text,
        found=candidates_for(page.submission, page.event, page.standing.event, text),
        given=record.assignments(page.submission), bid_words=BID_WORDS, bar_words=CONFLICT_WORDS,
        state_words=ASSIGNMENT_WORDS, today=g.now.date(),
    )  # fmt: skip


@chair.post("/papers/<int:number>/assign")
@access(review_page, deciding)
def assign(page: ReviewPage) -> Any:
    """Propose one reviewer."""
    wanted = request.form.get("person", "")
    person = db.session.get(Person, int(wanted)) if wanted.isdigit() else None
    if person is None:
        raise NotFound
    score = request.form.get("score", type=float)
    try:
        assignments.assign(
            page.submission, person, standing=page.standing, score=score, actor=page.viewer.actor, at=g.now
        )  # fmt: skip
    except Invalid as objection:
        notice(" ".join(map(str, objection.fields.values())), "error")
    else:
        notice(
            _("%(name)s is proposed as reviewer. It stays among chairs until you release it.", name=person.name.both)
        )
    return _onwards(page)


@chair.post("/papers/<int:number>/take-back")
@access(review_page, deciding)
def take_back(page: ReviewPage) -> Any:
    """End one assignment of this paper."""
    wanted, version = request.form.get("assignment", ""), request.form.get("version", "")
    row = db.session.get(Assignment, int(wanted)) if wanted.isdigit() else None
    if row is None or row.submission_id != page.submission.id:
        raise NotFound
    seen = int(version) if version.isdigit() else None
    assignments.take_back(row, standing=page.standing, version=seen, actor=page.viewer.actor, at=g.now)
    notice(_("The assignment is taken back."))
    return _onwards(page)


def _onwards(page: ReviewPage) -> Response:
    target = local_target(request.form.get("next"), "")
    if target:
        return redirect(target, code=303)  # type: ignore[return-value]  # Flask's own Response
    return back("reviewing.assign_page", slug=page.event.slug, number=page.submission.number)
