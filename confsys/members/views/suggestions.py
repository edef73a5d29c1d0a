"""Suggestions, as members make them, bodies answer them and everybody reads what is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, g, render_template, request

from confsys.core import limits
from confsys.core.access import access, anyone, missing
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members import rules
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.suggestions import STARS, AnswerForm, RateForm, RouteForm, SuggestionForm
from confsys.members.models import Suggestion
from confsys.members.operations import suggestions as operations
from confsys.members.queries import suggestions as read
from confsys.members.queries.bodies import standing_bodies
from confsys.members.standing import SuggestionStanding
from confsys.members.views.blueprint import bp
from confsys.members.views.blueprint import office as office_bp
from confsys.members.words import SUGGESTION_STATES, SUGGESTION_TOPICS


@dataclass(frozen=True, slots=True)
class SuggestionPage:
    page: MemberPage
    row: Suggestion
    standing: SuggestionStanding

    @property
    def viewer(self) -> Viewer:
        return self.page.viewer


def _load(viewer: Viewer, code: str) -> SuggestionPage:
    page, row = member_page(viewer), read.by_code(code)
    if row is None:
        missing()
    return SuggestionPage(page, row, read.standing_to(row, page.standing))


@bp.get("/suggestions")
@access(member_page, anyone)
def suggestions(page: MemberPage) -> Any:
    """What was answered in public, for everybody; above it what is one's own, or one's body's to answer."""
    arguments = {key: value for key, value in request.args.items() if key != "format"}
    found = read.public_list.answer(read.published(), arguments)
    assert not isinstance(found, Response)  # noqa: S101  no format was passed on
    me = page.viewer.person_id
    return render_template(
        "members/suggestions.html", page=page, found=found, mine=read.filed_by(me) if me is not None else [],
        asked=read.to_answer(page.standing.bodies), may_suggest=bool(rules.may_suggest(page.standing)),
        states=SUGGESTION_STATES, figures=read.figures(page.day),
    )  # fmt: skip


@bp.route("/suggestions/new", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@access(member_page, by_standing(rules.may_suggest))
def suggest(page: MemberPage) -> Any:
    form = SuggestionForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: operations.file(form.proposal, actor=page.viewer.actor, at=g.now))
        if made is not None:
            notice(_("Thank you. The office hands it to the body that can answer it; you are told when it does."))
            return back(".suggestion", code=made.code)
    return render_template("members/suggest.html", page=page, form=form), form.status


def _route_form(row: Suggestion) -> RouteForm:
    form = RouteForm(data={"version": row.version, "body": row.body.key if row.body else ""})
    locale = current_locale()
    form.body.choices = select_choices([(b.key, b.name.in_(locale)) for b in standing_bodies(row.body_id)])
    return form


def _shown(
    subject: SuggestionPage, *, route: RouteForm | None = None, answer: AnswerForm | None = None,
    rating: RateForm | None = None,
) -> Any:  # fmt: skip
    row, standing = subject.row, subject.standing
    wrong = route or answer or rating
    return render_template(
        "members/suggestion.html", page=subject.page, row=row, states=SUGGESTION_STATES, topics=SUGGESTION_TOPICS,
        stars=STARS, knows_filer=bool(rules.may_know_filer(standing, named=row.named)), standing=standing,
        route=(route or _route_form(row)) if rules.may_route(standing) else None,
        answer=(answer or AnswerForm(data={"version": row.version}))
        if rules.may_answer_suggestion(standing) else None,
        rating=(rating or RateForm()) if rules.may_rate_answer(standing) else None,
        may_withdraw=bool(rules.may_withdraw_suggestion(standing)), may_keep_back=bool(rules.may_keep_back(standing)),
    ), wrong.status if wrong is not None else 200  # fmt: skip


def _by(rule: Any) -> Any:
    return lambda subject: rule(subject.standing)


@bp.get("/suggestions/<code>")
@access(_load, _by(rules.may_read_suggestion))
def suggestion(subject: SuggestionPage) -> Any:
    return _shown(subject)


@bp.post("/suggestions/<code>/route")
@access(_load, _by(rules.may_route))
def route_suggestion(subject: SuggestionPage) -> Any:
    form, row = _route_form(subject.row), subject.row
    if form.validate_on_submit():
        body = next(b for b in standing_bodies(row.body_id) if b.key == form.body.data)
        due_on, version, actor = form.due_on.data, form.seen_version, subject.viewer.actor
        if form.attempt(lambda: operations.route(row, body, due_on, version=version, actor=actor, at=g.now)):
            notice(_("Handed on; whoever serves there is told."))
            return back(".suggestion", code=row.code)
    return _shown(subject, route=form)


@bp.post("/suggestions/<code>/answer")
@access(_load, _by(rules.may_answer_suggestion))
def answer_suggestion(subject: SuggestionPage) -> Any:
    form, row = AnswerForm(), subject.row
    if form.validate_on_submit() and form.attempt(
        lambda: operations.answer(
            row, form.answer.data, version=form.seen_version, actor=subject.viewer.actor, at=g.now
        )
    ):
        notice(_("The answer is sent."))
        return back(".suggestion", code=row.code)
    return _shown(subject, answer=form)


@bp.post("/suggestions/<code>/rate")
@access(_load, _by(rules.may_rate_answer))
def rate_answer(subject: SuggestionPage) -> Any:
    form, row = RateForm(), subject.row
    if form.validate_on_submit() and form.attempt(
        lambda: operations.rate(row, int(form.stars.data), form.note.data or "", actor=subject.viewer.actor, at=g.now)
    ):
        notice(_("Thank you. It helps to answer better."))
        return back(".suggestion", code=row.code)
    return _shown(subject, rating=form)


@bp.post("/suggestions/<code>/withdraw")
@access(_load, _by(rules.may_withdraw_suggestion))
def withdraw_suggestion(subject: SuggestionPage) -> Any:
    operations.withdraw_suggestion(subject.row, actor=subject.viewer.actor, at=g.now)
    notice(_("The suggestion is withdrawn."))
    return back(".suggestions")


@bp.post("/suggestions/<code>/keep-back")
@access(_load, _by(rules.may_keep_back))
def keep_back(subject: SuggestionPage) -> Any:
    row, kept = subject.row, request.form.get("kept") == "yes"
    operations.keep_back(row, kept=kept, actor=subject.viewer.actor, at=g.now)
    notice(_("It is off the public page.") if kept else _("It may stand on the public page again."))
    return back(".suggestion", code=row.code)


@office_bp.get("/suggestions")
@access(member_page, by_standing(rules.may_run_office))
def suggestions_desk(page: MemberPage) -> Any:
    found = read.office_list(page.day).answer(read.all_suggestions())
    if isinstance(found, Response):
        return found
    return render_template("members/office/suggestions.html", page=page, found=found, figures=read.figures(page.day))
