"""The room: what is on now, asking, voting, polls, debate, the screen."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.decisions import HIDDEN, Decision
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import notice
from confsys.events.context import EventPage
from confsys.events.options import options_of
from confsys.exchange import rules
from confsys.exchange.context import (
    FloorPage,
    PollPage,
    QuestionPage,
    RemarkPage,
    exchange_page,
    floor_page,
    floor_rule,
    may_read,
    poll_page,
    question_page,
    remark_page,
)
from confsys.exchange.forms import QuestionForm, RemarkForm
from confsys.exchange.models import Remark
from confsys.exchange.operations import debate as debating
from confsys.exchange.operations import polls, questions
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.queries import floors
from confsys.exchange.queries.figures import figures_of
from confsys.exchange.standing import own_sessions
from confsys.exchange.states import Anonymity
from confsys.exchange.views.blueprint import bp, done, source, words
from confsys.exchange.wording import PROMISES
from confsys.programme.queries.released import latest_programme

readable = floor_rule(rules.may_read_floor)


@bp.get("/")
@access(exchange_page, may_read)
def index(page: EventPage) -> str:
    """Now, next, and every session by how much is said in it: the page for a telephone in the room."""
    figures = figures_of(page.event.id)
    on = [s for s in figures.sessions if s.starts_at <= g.now <= s.ends_at]
    coming = [s for s in figures.sessions if s.starts_at > g.now]
    first = min((s.starts_at for s in coming), default=None)
    programme = latest_programme(page.event.id)
    chaired, given = own_sessions(programme, page.viewer) if programme else ([], [])
    return render_template(
        "exchange/index.html", event=page.event, figures=figures, on=on, programme=programme, chaired=chaired,
        next=[s for s in coming if s.starts_at == first], given=[programme.talk_by_id[n][1] for n in given] if programme
        else [], options=options_of(page.event, ExchangeOptions), staff=bool(rules.may_see_figures(page.standing)),
    )  # fmt: skip


def question_form(on: FloorPage) -> QuestionForm:
    form = QuestionForm()
    locale = current_locale()
    form.talk.choices = select_choices(
        [("", _("the session as a whole")), *((str(t.id), t.title.in_(locale)) for t in on.session.talks)]
    )
    return form


def _hall(on: FloorPage, form: QuestionForm) -> str:
    anonymity = on.options.anonymous
    return render_template(
        "exchange/hall.html",
        **words(
            on, form=form, board=floors.board(on.floor, on.viewer), may_ask=rules.may_ask(on.standing),
            promise="" if anonymity is Anonymity.NONE else PROMISES[anonymity],
            materials=floors.materials(on.floor, on.standing), here=floors.is_here(on.floor, on.viewer),
            may_debate=rules.may_debate(on.standing), may_feedback=rules.may_give_feedback(on.standing),
        ),
    )  # fmt: skip


@bp.get("/sessions/<int:number>")
@access(floor_page, readable)
def hall(on: FloorPage) -> str:
    return _hall(on, question_form(on))


@bp.post("/sessions/<int:number>/questions")
@access(floor_page, floor_rule(rules.may_ask))
def ask(on: FloorPage) -> Any:
    form = question_form(on)
    if form.validate():
        talk = form.talk.data or ""
        asked = form.attempt(
            lambda: questions.ask(
                on.event, on.session.id, form.text.data or "", named=not form.unnamed.data,
                talk_id=int(talk) if talk.isdigit() and int(talk) in on.talks else None, standing=on.standing,
                actor=on.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if asked is not None:
            waiting = asked.state.value == "waiting"
            notice(_l("Your question waits for the moderator.") if waiting else _l("Your question is there."))
            return done(on)
    return _hall(on, form), form.status


@bp.post("/questions/<int:number>/vote")
@access(question_page, lambda page: rules.may_take_part(page.on.standing))
def vote(page: QuestionPage) -> Any:
    wanted = request.form.get("wanted") != "0"
    questions.vote(page.question, wanted, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    return done(page.on, anchor=f"q{page.question.id}")


@bp.post("/questions/<int:number>/withdraw")
@access(question_page, lambda page: rules.may_take_part(page.on.standing))
def withdraw(page: QuestionPage) -> Any:
    questions.withdraw(page.question, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    return done(page.on)


@bp.post("/polls/<int:number>/answer")
@access(poll_page, lambda page: rules.may_take_part(page.on.standing))
def answer_poll(page: PollPage) -> Any:
    choice = request.form.get("choice", "")
    polls.answer_poll(
        page.poll, int(choice) if choice.isdigit() else -1, standing=page.on.standing, actor=page.on.viewer.actor,
        at=g.now,
    )  # fmt: skip
    return done(page.on, anchor=f"p{page.poll.id}")


@bp.get("/sessions/<int:number>/screen")
@access(floor_page, readable)
def screen(on: FloorPage) -> str:
    """For the projector: the question being answered, large, and the most wanted ones."""
    return render_template(
        "exchange/screen.html", **{**words(on, board=floors.board(on.floor)), "live_source": source(on, "screen")}
    )


def _debate(on: FloorPage, form: RemarkForm) -> str:
    return render_template(
        "exchange/debate.html",
        **words(on, form=form, remarks=floors.debate(on.floor, on.viewer), may_write=rules.may_debate(on.standing)),
    )


def may_follow(on: FloorPage) -> Decision:
    """A debate that is switched off does not exist; reading needs no account."""
    return rules.may_read_floor(on.standing) if on.options.debate else HIDDEN


@bp.get("/sessions/<int:number>/debate")
@access(floor_page, may_follow)
def debate(on: FloorPage) -> str:
    return _debate(on, RemarkForm(formdata=None))


@bp.post("/sessions/<int:number>/debate")
@access(floor_page, floor_rule(rules.may_debate))
def say(on: FloorPage) -> Any:
    form = RemarkForm()
    if form.validate():
        parent = form.parent.data or ""
        answers = db.session.get(Remark, int(parent)) if parent.isdigit() else None
        said = form.attempt(
            lambda: debating.say(
                on.event, on.session.id, form.text.data or "", answers=answers, standing=on.standing,
                actor=on.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if said is not None:
            return done(on, ".debate", anchor=f"r{said.id}")
    return _debate(on, form), form.status


@bp.post("/remarks/<int:number>/hide")
@access(remark_page, lambda page: rules.may_debate(page.on.standing))
def hide_remark(page: RemarkPage) -> Any:
    debating.take_back(page.remark, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    return done(page.on, ".debate")
