"""The survey: answered by members once, read by members when it is closed, written by the office."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.exporting import download
from confsys.core.formatting import tx
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.survey import NewSurveyForm, QuestionForm, SurveyForm, answers_form, given
from confsys.members.models import Survey
from confsys.members.operations import survey as operations
from confsys.members.queries import survey as read
from confsys.members.queries.survey import SurveyResult
from confsys.members.rules import may_read_as_member, may_run_office
from confsys.members.states import QuestionKind, SurveyState
from confsys.members.views.blueprint import bp, office
from confsys.members.words import QUESTION_KINDS, SATISFACTION, SURVEY_STATES

for_members = by_standing(may_read_as_member)
at_desk = by_standing(may_run_office)


@bp.route("/survey", methods=["GET", "POST"])
@access(member_page, for_members)
def survey(page: MemberPage) -> Any:
    """The open survey for who has not answered it; else the results of those before."""
    running = read.survey_open()
    over = running is None or (running.closes_on is not None and page.day > running.closes_on)
    if running is None or over or read.has_answered(running, page.viewer.person_id):
        thanks = running is not None and not over
        return render_template("members/survey_results.html", page=page, thanks=thanks, **_results())
    form = answers_form(running)
    if form.validate_on_submit():
        answers = given(running, form)
        if form.attempt(lambda: operations.answer_survey(running, answers, actor=page.viewer.actor, at=g.now)):
            notice(_("Thank you. Your answers are kept without your name."))
            return back(".survey")
    return render_template("members/survey.html", page=page, form=form, survey=running), form.status


def _results(year: int | None = None) -> dict[str, Any]:
    """The results to show and all years for the trend."""
    found = read.results()
    wanted = year if year is not None else request.args.get("year", type=int)
    shown = next((result for result in found if result.year == wanted), found[-1] if found else None)
    return {
        "result": shown, "years": found, "points": list(SATISFACTION.items()), "trend": _trend(found, shown),
        "classes": read.classes(),
    }  # fmt: skip


def _trend(found: list[SurveyResult], shown: SurveyResult | None) -> list[tuple[str, list[float | None]]]:
    """One line over the years for each question on the scale of the year that is shown."""
    if shown is None:
        return []
    means = [{q.key: q.mean for q in result.questions} for result in found]
    asked = [q for q in shown.questions if q.kind is QuestionKind.SCALE]
    return [(tx(q.text), [_rounded(year.get(q.key)) for year in means]) for q in asked]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


@office.route("/surveys", methods=["GET", "POST"])
@access(member_page, at_desk)
def surveys(page: MemberPage) -> Any:
    form = NewSurveyForm(data={"year": page.day.year})
    if form.validate_on_submit():
        made = form.attempt(lambda: operations.create_survey(form.year.data, actor=page.viewer.actor, at=g.now))
        if made is not None:
            notice(_("The draft is written, with the questions of the last survey."))
            return back(".survey_desk", year=made.year)
    found = read.surveys()
    overall = {result.year: result for result in read.results(found)}
    return render_template(
        "members/office/surveys.html", page=page, form=form, surveys=found, overall=overall, states=SURVEY_STATES
    ), form.status


def _survey(viewer: Viewer, year: int) -> tuple[MemberPage, Survey]:
    page = member_page(viewer)
    found = read.survey_of(year) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


def _desk(subject: tuple[MemberPage, Any]) -> Any:
    return at_desk(subject[0])


def _survey_form(found: Survey) -> SurveyForm:
    return SurveyForm(data={**pair_of("intro", found.intro), "closes_on": found.closes_on, "version": found.version})


def _shown(subject: tuple[MemberPage, Survey], form: SurveyForm | None = None) -> Any:
    page, found = subject
    form = form or _survey_form(found)
    results = _results(found.year) if found.state is SurveyState.CLOSED else {}
    return render_template(
        "members/office/survey.html", page=page, survey=found, form=form, states=SURVEY_STATES, kinds=QUESTION_KINDS,
        turnout=read.turnout(found), words=read.words_of(found),
        members=sum(read.classes_today(page.day).values()), **results,
    ), form.status  # fmt: skip


@office.route("/surveys/<int:year>", methods=["GET", "POST"])
@access(_survey, _desk)
def survey_desk(subject: tuple[MemberPage, Survey]) -> Any:
    page, found = subject
    form = _survey_form(found)
    if form.validate_on_submit() and form.attempt(
        lambda: operations.edit_survey(
            found, localized(form, "intro"), form.closes_on.data, version=form.seen_version, actor=page.viewer.actor,
            at=g.now,
        )
    ):  # fmt: skip
        notice(_("Saved."))
        return back(".survey_desk", year=found.year)
    return _shown(subject, form)


def _step(subject: tuple[MemberPage, Survey], act: Any, done: str) -> Any:
    page, found = subject
    form = _survey_form(found)
    if form.attempt(lambda: act(found, version=None, actor=page.viewer.actor, at=g.now)):
        notice(done)
        return back(".survey_desk", year=found.year)
    return _shown(subject, form)


@office.post("/surveys/<int:year>/open")
@access(_survey, _desk)
def open_survey(subject: tuple[MemberPage, Survey]) -> Any:
    return _step(subject, operations.open_survey, _("The survey is open: every member finds it on the home page."))


@office.post("/surveys/<int:year>/close")
@access(_survey, _desk)
def close_survey(subject: tuple[MemberPage, Survey]) -> Any:
    return _step(subject, operations.close_survey, _("The survey is closed; members read the results."))


def _question(viewer: Viewer, year: int, question_id: int) -> tuple[MemberPage, Survey, int | None]:
    page, found = _survey(viewer, year)
    if question_id and all(question.id != question_id for question in found.questions):
        raise NotFound
    return page, found, question_id or None


@office.route("/surveys/<int:year>/questions/<int:question_id>", methods=["GET", "POST"])
@access(_question, lambda subject: at_desk(subject[0]))
def question(subject: tuple[MemberPage, Survey, int | None]) -> Any:
    """A question of a draft; number 0 is a new one."""
    page, found, question_id = subject
    row = next((q for q in found.questions if q.id == question_id), None)
    form = QuestionForm(
        data={**pair_of("text", row.text), "kind": row.kind.value, "position": row.position}
        if row is not None else {"kind": QuestionKind.SCALE.value, "position": len(found.questions)}
    )  # fmt: skip
    if form.validate_on_submit() and form.attempt(
        lambda: operations.put_question(found, question_id, form.question, actor=page.viewer.actor, at=g.now)
    ):
        notice(_("Saved."))
        return back(".survey_desk", year=found.year)
    return render_template("members/office/question.html", form=form, survey=found, question=row), form.status


@office.post("/surveys/<int:year>/questions/<int:question_id>/remove")
@access(_question, lambda subject: at_desk(subject[0]))
def remove_question(subject: tuple[MemberPage, Survey, int | None]) -> Any:
    page, found, question_id = subject
    form = _survey_form(found)
    if form.attempt(lambda: operations.remove_question(found, question_id or 0, actor=page.viewer.actor, at=g.now)):
        notice(_("The question is removed."))
        return back(".survey_desk", year=found.year)
    return _shown((page, found), form)


@office.get("/surveys/<int:year>/results.<any(csv, xlsx):format_>")
@access(lambda viewer, year, format_: (*_survey(viewer, year), format_), lambda subject: at_desk(subject[0]))
def survey_export(subject: tuple[MemberPage, Survey, str]) -> Response:
    """Question by question: how many answered, the mean, how often each point. No sheet leaves the house."""
    _page, found, format_ = subject
    told = read.result(found)
    if told is None:
        raise NotFound
    header = [
        _("Year"),
        _("Question"),
        _("Answered"),
        _("Mean"),
        *(str(word) for word in reversed(SATISFACTION.values())),
    ]
    rows = [
        [told.year, tx(q.text), q.answered, _rounded(q.mean), *(q.counts or [None] * 5)]
        for q in told.questions
        if q.kind is QuestionKind.SCALE
    ]
    return download(format_, f"survey-{told.year}", header, rows)
