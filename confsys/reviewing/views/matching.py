"""Assignment by computation: ask, look, apply, take back; and the release that tells reviewers."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import Response, g, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from confsys.core.access import access, missing
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.i18n import gettext as _
from confsys.core.i18n import ngettext
from confsys.core.jobs.models import Job
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.reviewing import rules
from confsys.reviewing.describing import in_words
from confsys.reviewing.forms.chair import RunForm
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.matching.scores import Weights
from confsys.reviewing.models import Assignment, AssignmentRun
from confsys.reviewing.operations import assignments, runs
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries import runs as run_queries
from confsys.reviewing.queries.arranged import suspicions
from confsys.reviewing.queries.explained import SOLVED
from confsys.reviewing.queries.scope import chaired_ids
from confsys.reviewing.states import AssignmentState, RunState
from confsys.reviewing.views.blueprints import chair, for_those, room
from confsys.reviewing.views.people import invite_href
from confsys.reviewing.wording import RUN_TONES, RUN_WORDS, SUSPICION_WORDS
from confsys.submissions.models import Submission

steering = for_those(rules.may_steer_reviews)


@chair.get("/runs")
@access(room, steering)
def run_list(page: EventPage) -> Any:
    options, weights = ReviewOptions.of(page.event), Weights()
    given = {"coverage": options.coverage, "load": options.load, "keep_proposals": True, "objective": "total"}
    given |= {"kept_share": 95, "seed": 1 + len(run_queries.runs(page.standing))}
    shares = {name: round(100 * share) for name, share in weights.as_dict().items()}
    return _runs(page, RunForm(data={**given, **shares}))


def _runs(page: EventPage, form: RunForm) -> Any:
    return (
        render_template(
            "reviewing/runs.html", event=page.event, form=form, runs=run_queries.runs(page.standing),
            proposed=_proposed(page), solved=SOLVED, in_words=in_words,
        ),
        form.status,
    )  # fmt: skip


def _proposed(page: EventPage) -> int:
    """Proposals waiting for their release, on papers the viewer chairs."""
    query = select(func.count(Assignment.id)).where(
        Assignment.submission_id.in_(chaired_ids(page.standing)), Assignment.state == AssignmentState.PROPOSED
    )
    return db.session.scalar(query) or 0


@chair.post("/runs")
@access(room, steering)
def ask(page: EventPage) -> Any:
    """Ask for an assignment; a job computes it and nothing changes meanwhile."""
    form = RunForm()
    if not form.validate_on_submit():
        return _runs(page, form)
    run = form.attempt(lambda: runs.ask(page.event, _parameters(form), actor=page.viewer.actor, at=g.now))
    if run is None:
        return _runs(page, form)
    return back("reviewing.run", slug=page.event.slug, run_id=run.id)


@chair.post("/fill-gaps")
@access(room, steering)
def fill_gaps(page: EventPage) -> Response:
    """Look for reviewers where some declined; the run is looked at like any other."""
    run = runs.fill_gaps(page.event, ReviewOptions.of(page.event), actor=page.viewer.actor, at=g.now)
    return back("reviewing.run", slug=page.event.slug, run_id=run.id)


def _parameters(form: RunForm) -> Parameters:
    shares = {name: form[name].data or 0 for name in ("text", "topics", "bids")}
    whole = sum(shares.values())
    weights = Weights(**{name: share / whole for name, share in shares.items()}) if whole else Weights()
    return Parameters(
        coverage=form.coverage.data, load=form.load.data, weights=weights, keep_proposals=form.keep_proposals.data,
        objective=form.objective.data, seniors=int(form.seniors.data), one_organisation=form.one_organisation.data,
        no_returns=form.no_returns.data, seed=form.seed.data or 0, cap=form.cap.data,
        kept_share=form.kept_share.data or 95,
    )  # fmt: skip


def run_page(viewer: Viewer, slug: str, run_id: int) -> tuple[EventPage, AssignmentRun]:
    """Loader. Whether there is a run is the chairs' alone to know: others are refused alike."""
    page = room(viewer, slug)
    found = run_queries.run_of(page.event.id, run_id)
    if found is None:
        no_run(page)
    return page, found


def no_run(page: EventPage) -> NoReturn:
    """Refuse as for a run that exists."""
    if page.viewer.signed_in:
        demand(rules.may_steer_reviews(page.standing))
    missing()


def steering_run(found: tuple[EventPage, AssignmentRun]) -> Any:
    return steering(found[0])


@chair.get("/runs/<int:run_id>")
@access(run_page, steering_run)
def run(found: tuple[EventPage, AssignmentRun]) -> Any:
    """What the run would change, before it changes anything."""
    page, row = found
    if row.state is RunState.COMPUTING:
        return render_template(
            "reviewing/run_waiting.html", event=page.event, run=row, job=db.session.get(Job, row.job_id),
            next_href=url_for("reviewing.run", slug=page.event.slug, run_id=row.id),
        )  # fmt: skip
    options = ReviewOptions.of(page.event)
    preview = run_queries.preview(row, page.standing, options.load)
    return render_template(
        "reviewing/run.html", event=page.event, run=row, word=RUN_WORDS[row.state], tone=RUN_TONES[row.state],
        preview=preview, proposed=_proposed(page), invite=invite_href(page), wishes=in_words(preview.parameters),
    )  # fmt: skip


def _version() -> int | None:
    text = request.form.get("version", "")
    return int(text) if text.isdigit() else None


@chair.post("/runs/<int:run_id>/apply")
@access(run_page, steering_run)
def apply(found: tuple[EventPage, AssignmentRun]) -> Response:
    """All of it, or of the papers that were ticked."""
    page, row = found
    papers = None
    if request.form.get("some"):
        papers = _ticked(page)
        if not papers:
            notice(_("Tick the papers first whose reviewers you want to propose."), "info")
            return back("reviewing.run", slug=page.event.slug, run_id=row.id)
    done = runs.apply(row, papers=papers, version=_version(), actor=page.viewer.actor, at=g.now)
    notice(ngettext("Applied: %(num)s reviewer proposed.", "Applied: %(num)s reviewers proposed.", done.created))
    if done.skipped:
        notice(
            ngettext(
                "%(num)s pair was left out, because a conflict, a withdrawal or a departure came in between.",
                "%(num)s pairs were left out, because conflicts, withdrawals or departures came in between.",
                done.skipped,
            ),
            "warning",
        )
    if done.over:
        notice(
            ngettext(
                "%(num)s reviewer has more papers now than they may take: apply the rest, or take some back.",
                "%(num)s reviewers have more papers now than they may take: apply the rest, or take some back.",
                done.over,
            ),
            "warning",
        )
    return back("reviewing.run", slug=page.event.slug, run_id=row.id)


def _ticked(page: EventPage) -> list[int]:
    """Ids of the ticked papers, as far as the viewer chairs them."""
    numbers = [int(value) for value in request.form.getlist("selected") if value.isdigit()]
    query = chaired_ids(page.standing).where(Submission.number.in_(numbers))
    return list(db.session.scalars(query))


@chair.post("/runs/<int:run_id>/undo")
@access(run_page, steering_run)
def undo(found: tuple[EventPage, AssignmentRun]) -> Response:
    page, row = found
    runs.undo(row, version=_version(), actor=page.viewer.actor, at=g.now)
    notice(_("Taken back: the proposals are as they were before. Papers already given out stay given."))
    return back("reviewing.run", slug=page.event.slug, run_id=row.id)


@chair.post("/runs/<int:run_id>/discard")
@access(run_page, steering_run)
def discard(found: tuple[EventPage, AssignmentRun]) -> Response:
    page, row = found
    runs.discard(row, version=_version(), actor=page.viewer.actor, at=g.now)
    notice(_("The run is thrown away. Nothing was changed by it."))
    return back("reviewing.run_list", slug=page.event.slug)


@chair.post("/runs/<int:run_id>/relax")
@access(run_page, steering_run)
def relax(found: tuple[EventPage, AssignmentRun]) -> Any:
    """Try again with one of the remedies: the same wishes, a little less of what cannot be had."""
    page, row = found
    wanted = request.form.get("remedy", type=int)
    shown = run_queries.preview(row, page.standing, ReviewOptions.of(page.event).load)
    if wanted is None or not 0 <= wanted < len(shown.remedies):
        raise NotFound
    parameters = run_queries.relaxed(shown, shown.remedies[wanted])
    if parameters is None:
        raise NotFound
    again = runs.ask(page.event, parameters, actor=page.viewer.actor, at=g.now)
    return back("reviewing.run", slug=page.event.slug, run_id=again.id)


@chair.get("/bids-that-stand-out")
@access(room, steering)
def arranged(page: EventPage) -> str:
    """Bids that look arranged."""
    return render_template(
        "reviewing/arranged.html", event=page.event, found=suspicions(page.standing), words=SUSPICION_WORDS
    )


@chair.post("/release")
@access(room, steering)
def release(page: EventPage) -> Response:
    """Tell reviewers their papers: one message each."""
    given = assignments.release(page.event, actor=page.viewer.actor, at=g.now)
    notice(ngettext("%(num)s paper was given out.", "%(num)s papers were given out.", given))
    return back("reviewing.run_list", slug=page.event.slug)
