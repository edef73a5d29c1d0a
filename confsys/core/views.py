"""Pages that belong to no room: the home page, the language switch, progress of jobs, the demo's outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from sqlalchemy import select

from confsys.core import clock
from confsys.core.access import access, missing, public, signed_in, site_admin, viewer_only
from confsys.core.db import db
from confsys.core.decisions import ALLOW, HIDDEN, Decision
from confsys.core.formatting import clock_time
from confsys.core.i18n import gettext as _
from confsys.core.jobs.models import Job, JobState
from confsys.core.jobs.registry import title_of
from confsys.core.mail.models import MailMessage
from confsys.core.pages import local_target, remember_language
from confsys.core.registry import contributed
from confsys.core.signals import language_chosen
from confsys.core.viewer import Viewer

bp = Blueprint("core", __name__)


@bp.get("/home")
@access(viewer_only, signed_in)
def home(viewer: Viewer) -> str:
    sections = contributed("home", viewer, clock.now())
    return render_template("core/home.html", sections=sections)


@bp.post("/language")
@public
def set_language(viewer: Viewer) -> Response:
    code = request.form.get("code", "")
    remember_language(code)
    language_chosen.send(viewer, code=code)
    return redirect(local_target(request.form.get("next"), "/"), code=303)  # type: ignore[return-value]


def _job(viewer: Viewer, job_id: int) -> tuple[Viewer, Job]:
    row = db.session.get(Job, job_id)
    if row is None:
        missing()
    return viewer, row


def _own_job(subject: tuple[Viewer, Job]) -> Decision:
    viewer, row = subject
    return ALLOW if viewer.signed_in and (row.owner_id == viewer.person_id or viewer.is_admin) else HIDDEN


@bp.get("/jobs/<int:job_id>")
@access(_job, _own_job)
def job(subject: tuple[Viewer, Job]) -> str:
    """Progress that can be left and found again; htmx asks for the inner part alone."""
    row = subject[1]
    shown = _shown_job(row)
    address = url_for("core.job", job_id=row.id, next=request.args.get("next"))
    template = "partials/job.html" if request.headers.get("HX-Request") else "core/job.html"
    return render_template(template, job=shown, url=address)


def _shown_job(row: Job) -> dict[str, Any]:
    """A job as the progress macro draws it; its log told in the reader's language."""
    target = local_target(request.args.get("next"), url_for("core.home"))
    lines = [{"at": clock_time(datetime.fromisoformat(at)), "text": _(text, **values)} for at, text, values in row.log]
    return {
        "title": title_of(row.name),
        "state": row.state.value,
        "done": row.done,
        "total": row.total,
        "message": row.error if row.state is JobState.FAILED else (lines[-1]["text"] if lines else ""),
        "log": lines,
        "result": (_("Go on"), target),
    }


def _outbox_shown(_viewer: Viewer) -> Decision:
    return ALLOW if current_app.extensions["settings"].mail == "outbox" else HIDDEN


@bp.get("/outbox")
@access(viewer_only, _outbox_shown)
def outbox(_viewer: Viewer) -> str:
    """Demo mode has no mail server: what would have been sent is read here."""
    address = request.args.get("to", "").strip().lower()
    query = select(MailMessage).where(MailMessage.sent_at.is_not(None)).order_by(MailMessage.id.desc()).limit(100)
    if address:
        query = query.where(MailMessage.to_address == address)
    return render_template("core/outbox.html", messages=db.session.scalars(query).all(), address=address)


@bp.get("/admin/jobs")
@access(viewer_only, site_admin)
def jobs(_viewer: Viewer) -> str:
    rows = db.session.scalars(select(Job).order_by(Job.id.desc()).limit(100)).all()
    return render_template("core/jobs.html", jobs=rows, title_of=title_of)


@bp.before_app_request
def take_the_time() -> None:
    """One moment a request: everything on a page is judged by the same clock."""
    g.now = clock.now()
