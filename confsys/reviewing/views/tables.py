"""Assignments as a table: taken away, and brought back after a look at every row."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.exporting import download
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.reviewing import rules
from confsys.reviewing.operations import bulk
from confsys.reviewing.queries import assigned
from confsys.reviewing.views.blueprints import chair, for_those, room

LARGEST, SHOWN = 1_000_000, 100
chairs = for_those(rules.may_chair_reviews)


@chair.get("/assignments.csv")
@access(room, chairs)
def assignment_table(page: EventPage) -> Response:
    """Every live assignment of the viewer's papers, in the form that an import reads."""
    return download("csv", f"assignments-{page.event.slug}", assigned.COLUMNS, assigned.table(page.standing))


@chair.get("/assignments")
@access(room, chairs)
def assignments_page(page: EventPage) -> str:
    return _choose(page)


def _choose(page: EventPage, wrong: str = "", text: str = "") -> str:
    return render_template("reviewing/assignments.html", event=page.event, wrong=wrong, text=text)


@chair.post("/assignments")
@access(room, chairs)
def look_at_table(page: EventPage) -> Any:
    """What each row would do; nothing is done."""
    text = _text()
    if text is None:
        return _choose(page, _("Choose a CSV file of at most one megabyte, or paste its rows.")), 422
    return _preview(page, text)


def _text() -> str | None:
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        raw: bytes = upload.read(LARGEST + 1)
        if len(raw) > LARGEST:
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return raw.decode("gb18030", "replace")
    return request.form.get("text", "")[:LARGEST].strip() or None


def _preview(page: EventPage, text: str) -> Any:
    rows, unread = assigned.lines(text)
    asked = assigned.wanted(rows, page.standing)
    problems = sorted([*unread, *asked.problems], key=lambda each: each.place)
    status = 422 if problems else 200
    return render_template(
        "reviewing/assignments_preview.html", event=page.event, text=text, asked=asked, problems=problems[:SHOWN],
        wrong=len(problems), proposed=[line for _pair, line in asked.propose][:SHOWN],
        taken=[line for _id, line in asked.take_back][:SHOWN],
    ), status  # fmt: skip


@chair.post("/assignments/take")
@access(room, chairs)
def take_table(page: EventPage) -> Any:
    """Do what the table says, or nothing of it."""
    text = request.form.get("text", "")[:LARGEST]
    rows, unread = assigned.lines(text)
    if unread:
        return _preview(page, text)
    try:
        done = bulk.take(page.event, rows, standing=page.standing, actor=page.viewer.actor, at=g.now)
    except Invalid:
        return _preview(page, text)
    notice(_("Done: %(proposed)s proposed, %(back)s taken back.", proposed=done.proposed, back=done.taken_back))
    return back("reviewing.overview", slug=page.event.slug)
