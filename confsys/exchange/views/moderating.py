"""The moderator's page: what waits, what is asked, polls, the code for attendance."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.forms import Form
from confsys.exchange import codes, rules
from confsys.exchange.context import FloorPage, PollPage, QuestionPage, floor_page, floor_rule, poll_page, question_page
from confsys.exchange.forms import PollForm
from confsys.exchange.operations import floors as flooring
from confsys.exchange.operations import polls, questions
from confsys.exchange.queries import floors
from confsys.exchange.states import PollState, QuestionState
from confsys.exchange.views.blueprint import bp, done, words

moderators = floor_rule(rules.may_moderate)


def _version() -> int | None:
    text = request.form.get("version", "")
    return int(text) if text.isdigit() else None


def _page(on: FloorPage, form: Form) -> str:
    return render_template(
        "exchange/moderate.html",
        **words(
            on, board=floors.board(on.floor, on.viewer, moderator=True), form=form,
            attendance=floors.attendance_of(on.floor), feedback=floors.feedback_of(on.floor),
        ),
    )  # fmt: skip


@bp.get("/sessions/<int:number>/moderate")
@access(floor_page, moderators)
def moderate(on: FloorPage) -> str:
    return _page(on, PollForm(formdata=None))


@bp.post("/sessions/<int:number>/pause")
@access(floor_page, moderators)
def pause(on: FloorPage) -> Any:
    flooring.pause(
        on.event, on.session.id, request.form.get("paused") == "1", standing=on.standing, actor=on.viewer.actor,
        at=g.now,
    )  # fmt: skip
    return done(on, ".moderate")


@bp.post("/questions/<int:number>/move")
@access(question_page, lambda page: rules.may_moderate(page.on.standing))
def move_question(page: QuestionPage) -> Any:
    try:
        state = QuestionState(request.form.get("state", ""))
    except ValueError as error:
        raise NotFound from error
    questions.moderate(
        page.question, state, version=_version(), standing=page.on.standing, actor=page.on.viewer.actor, at=g.now
    )
    return done(page.on, ".moderate")


@bp.post("/questions/<int:number>/screen")
@access(question_page, lambda page: rules.may_moderate(page.on.standing))
def put_on_screen(page: QuestionPage) -> Any:
    questions.put_on_screen(page.question, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    return done(page.on, ".moderate")


@bp.post("/sessions/<int:number>/polls")
@access(floor_page, moderators)
def create_poll(on: FloorPage) -> Any:
    form = PollForm()
    if form.validate():
        made = form.attempt(
            lambda: polls.create_poll(
                on.event, on.session.id, form.question.data or "", (form.choices.data or "").splitlines(),
                standing=on.standing, actor=on.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if made is not None:
            return done(on, ".moderate", anchor="polls")
    return _page(on, form), form.status


@bp.post("/polls/<int:number>/move")
@access(poll_page, lambda page: rules.may_moderate(page.on.standing))
def move_poll(page: PollPage) -> Any:
    try:
        state = PollState(request.form.get("state", ""))
    except ValueError as error:
        raise NotFound from error
    polls.move_poll(
        page.poll, state, version=_version(), standing=page.on.standing, actor=page.on.viewer.actor, at=g.now
    )
    return done(page.on, ".moderate", anchor="polls")


@bp.get("/sessions/<int:number>/code")
@access(floor_page, moderators)
def attendance_code(on: FloorPage) -> str:
    """The code to put on the screen. A page that stays open draws a new one in time."""
    if not on.options.attendance:
        raise NotFound
    code = codes.code_for(on.event.id, on.session.id, g.now)
    address = url_for(".here", slug=on.event.slug, number=on.session.id, code=code, _external=True)
    return render_template(
        "exchange/code.html",
        **words(on, picture=codes.picture(address), address=address, attendance=floors.attendance_of(on.floor)),
    )
