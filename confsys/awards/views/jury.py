"""A juror's own ballot."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from confsys.awards import rules, words
from confsys.awards.context import AwardPage, ballot_page
from confsys.awards.forms import BallotForm, StepBackForm
from confsys.awards.operations import judging
from confsys.awards.queries import jury
from confsys.awards.states import Scheme
from confsys.awards.views.blueprint import bp
from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice


def votes(page: AwardPage) -> Decision:
    return rules.may_vote(page.standing)


def _page(page: AwardPage, form: Any, typed: dict[int, str] | None = None) -> Any:
    lines = jury.ballot(page.award, page.part)
    given = {line.candidate.id: str(line.score or "") for line in lines} if typed is None else typed
    return render_template(
        "awards/ballot.html", page=page, award=page.award, event=page.award.event, lines=lines, given=given, form=form,
        words=words, picking=page.award.scheme is Scheme.PICK, juror=page.part,
    ), form.status  # fmt: skip


@bp.route("/awards/<code>/ballot", methods=["GET", "POST"])
@access(ballot_page, votes)
def ballot(page: AwardPage) -> Any:
    form = BallotForm()
    if request.method == "GET":
        return _page(page, form)
    typed = {
        int(key.removeprefix("score-")): value.strip()
        for key, value in request.form.items()
        if key.startswith("score-") and key.removeprefix("score-").isdigit()
    }
    scores = {number: int(value) for number, value in typed.items() if value.isdigit()}
    if form.validate_on_submit() and form.attempt(
        lambda: judging.cast(
            page.award, page.part, scores, standing=page.standing, actor=page.viewer.actor, at=g.now
        )
    ):  # fmt: skip
        notice(_l("Your vote is cast. You may change it until the vote is closed; nobody else sees it before."))
        return back(".ballot", code=page.award.code)
    return _page(page, form, typed)


@bp.post("/awards/<code>/ballot/<int:nomination_id>/step-back")
@access(
    lambda viewer, code, nomination_id: (ballot_page(viewer, code), nomination_id), lambda subject: votes(subject[0])
)
def step_back(subject: tuple[AwardPage, int]) -> Any:
    page, nomination_id = subject
    form = StepBackForm()
    if form.validate_on_submit() and form.attempt(
        lambda: judging.declare_conflict(
            page.award, page.part, nomination_id, form.reason.data or "", standing=page.standing,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("You do not vote about this candidate any more."))
        return back(".ballot", code=page.award.code)
    return _page(page, form)
