"""The yearly survey: written, opened, answered once, closed.

An answer leaves no entry in the audit: that would say who answered what. Until the survey is closed only who has
answered is kept beside the sheets, without an order or a time; on closing that goes, too, and the sheets are shuffled.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, delete, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.core.reporting import FEW
from confsys.members.days import society_day
from confsys.members.models import Survey, SurveyQuestion, SurveySheet, SurveyTurnout
from confsys.members.queries.membership import valid_membership
from confsys.members.queries.survey import classes_today, latest
from confsys.members.states import QuestionKind, SurveyState

S, K = SurveyState, QuestionKind
#: What the first survey of a society asks; later ones begin with the questions of the last.
FIRST_QUESTIONS: tuple[tuple[str, QuestionKind, LocalizedText], ...] = (
    ("overall", K.SCALE, LocalizedText("The society as a whole", "学会工作总体")),
    ("meetings", K.SCALE, LocalizedText("Meetings and exchange", "学术会议与交流")),
    ("publishing", K.SCALE, LocalizedText("Journals and proceedings", "期刊与论文集")),
    ("service", K.SCALE, LocalizedText("Service to members", "会员服务")),
    ("heard", K.SCALE, LocalizedText("How suggestions of members are heard", "对会员意见建议的重视")),
    ("dues", K.SCALE, LocalizedText("What becomes of the dues", "会费的使用")),
    ("more", K.TEXT, LocalizedText("What should there be more of?", "您希望学会加强哪些工作？")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    kind: QuestionKind
    text: LocalizedText
    position: int = 0


@operation
def create_survey(year: int, *, actor: Actor, at: datetime) -> Survey:
    """A draft with the questions of the last survey, so that the years can be compared."""
    if db.session.scalar(select(Survey.id).where(Survey.year == year)) is not None:
        raise Invalid(year=_l("There is a survey for this year already."))
    last = latest()
    known = [(q.key, q.kind, q.text) for q in last.questions] if last is not None else FIRST_QUESTIONS
    survey = Survey(year=year, state=S.DRAFT)
    survey.questions = [
        SurveyQuestion(key=key, kind=kind, text=text, position=n) for n, (key, kind, text) in enumerate(known)
    ]
    record("member.survey_created", survey, actor=actor, at=at, changes={}, year=year)
    return survey


def _draft(survey: Survey, version: int | None) -> None:
    lock(survey)
    expect_version(survey, version)
    if survey.state is not S.DRAFT:
        raise Invalid(_l("Questions stay as they were asked: this survey has been opened."))


@operation
def edit_survey(
    survey: Survey, intro: LocalizedText, closes_on: date | None, *, version: int | None, actor: Actor, at: datetime
) -> None:
    lock(survey)
    expect_version(survey, version)
    if survey.state is S.CLOSED:
        raise Invalid(_l("This survey is closed."))
    survey.intro, survey.closes_on = intro, closes_on
    record("member.survey_edited", survey, actor=actor, at=at, year=survey.year)


@operation
def put_question(survey: Survey, question_id: int | None, question: Question, *, actor: Actor, at: datetime) -> None:
    """Add a question (``question_id`` None) or change one. A kind that changes begins a new row of years."""
    _draft(survey, None)
    if not question.text:
        raise Invalid(text=_l("Please write the question in at least one language."))
    row = next((q for q in survey.questions if q.id == question_id), None)
    if row is None:
        row = SurveyQuestion(key=secrets.token_hex(4), kind=question.kind)
        survey.questions.append(row)
    elif row.kind is not question.kind:
        row.key = secrets.token_hex(4)
    row.kind, row.text, row.position = question.kind, question.text, question.position
    record("member.survey_edited", survey, actor=actor, at=at, changes={}, year=survey.year)


@operation
def remove_question(survey: Survey, question_id: int, *, actor: Actor, at: datetime) -> None:
    _draft(survey, None)
    row = next((q for q in survey.questions if q.id == question_id), None)
    if row is not None:
        survey.questions.remove(row)
        record("member.survey_edited", survey, actor=actor, at=at, changes={}, year=survey.year)


@operation
def open_survey(survey: Survey, *, version: int | None, actor: Actor, at: datetime) -> None:
    _draft(survey, version)
    if not survey.questions:
        raise Invalid(_l("A survey needs a question."))
    if db.session.scalar(select(Survey.id).where(Survey.state == S.OPEN)) is not None:
        raise Invalid(_l("Another survey is open. Close it first."))
    survey.state = S.OPEN
    record("member.survey_opened", survey, actor=actor, at=at, year=survey.year)


@operation
def answer_survey(survey: Survey, answers: Mapping[str, int | str], *, actor: Actor, at: datetime) -> None:
    """One member's sheet, once. Nothing on it says whose it is, and no entry tells of it."""
    lock(survey)
    day = society_day(at)
    if survey.state is not S.OPEN or (survey.closes_on is not None and day > survey.closes_on):
        raise Invalid(_l("This survey is closed."))
    membership = valid_membership(actor.person_id, day)
    if membership is None:
        raise Invalid(_l("The survey is for members."))
    if db.session.get(SurveyTurnout, (survey.id, actor.person_id)) is not None:
        raise Invalid(_l("You have answered this survey. Thank you."))
    kept = _checked(survey, answers)
    group = membership.tier if classes_today(day).get(membership.tier, 0) >= FEW else ""
    db.session.add(SurveyTurnout(survey_id=survey.id, person_id=actor.person_id))
    db.session.add(SurveySheet(id=secrets.token_hex(16), survey_id=survey.id, group=group, answers=kept))


def _fits(kind: QuestionKind, given: int | str) -> bool:
    if kind is K.SCALE:
        return isinstance(given, int) and 1 <= given <= 5
    return isinstance(given, str) and bool(given.strip())


def _checked(survey: Survey, answers: Mapping[str, int | str]) -> dict[str, int | str]:
    kept: dict[str, int | str] = {}
    for question in survey.questions:
        given = answers.get(question.key)
        if given is not None and _fits(question.kind, given):
            kept[question.key] = given
    if not kept:
        raise Invalid(_l("Please answer at least one question."))
    return kept


@operation
def close_survey(survey: Survey, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Nobody answers any more. Who had answered is forgotten, and the sheets are written anew in another order."""
    lock(survey)
    expect_version(survey, version)
    if survey.state is not S.OPEN:
        raise Invalid(_l("This survey is closed."))
    with db.session.no_autoflush:
        survey.state, survey.closed_at, survey.asked = S.CLOSED, at, sum(classes_today(society_day(at)).values())
    record("member.survey_closed", survey, actor=actor, at=at, changes={}, year=survey.year)
    db.session.execute(delete(SurveyTurnout).where(SurveyTurnout.survey_id == survey.id))
    sheets = [(sheet.group, sheet.answers) for sheet in db.session.scalars(_sheets_of(survey))]
    db.session.execute(delete(SurveySheet).where(SurveySheet.survey_id == survey.id))
    small = {group for group, count in Counter(group for group, _answers in sheets).items() if count < FEW}
    secrets.SystemRandom().shuffle(sheets)
    for group, answers in sheets:
        kept = "" if group in small else group
        db.session.add(SurveySheet(id=secrets.token_hex(16), survey_id=survey.id, group=kept, answers=answers))


def _sheets_of(survey: Survey) -> Select[SurveySheet]:
    return select(SurveySheet).where(SurveySheet.survey_id == survey.id)
