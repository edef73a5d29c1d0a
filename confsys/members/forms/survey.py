"""The survey: for who writes it, and for who answers it."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from confsys.core.formatting import tx
from confsys.core.forms import Form, VersionedForm, localized, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.models import Survey
from confsys.members.operations.survey import Question
from confsys.members.states import QuestionKind
from confsys.members.words import QUESTION_KINDS, SATISFACTION


class NewSurveyForm(Form):
    year = IntegerField(_l("Year"), [InputRequired(), NumberRange(2000, 2199)])


class SurveyForm(VersionedForm):
    intro_en = TextAreaField(_l("What it is for"), [Length(max=2000)])
    intro_zh = TextAreaField(_l("What it is for"), [Length(max=2000)])
    closes_on = DateField(_l("Last day to answer"), [Optional()])


class QuestionForm(Form):
    kind = RadioField(_l("Answered"), [InputRequired()], choices=select_choices(QUESTION_KINDS))
    text_en = StringField(_l("Question"), [Length(max=300)])
    text_zh = StringField(_l("Question"), [Length(max=300)])
    position = IntegerField(_l("Place in the order"), [InputRequired(), NumberRange(0, 999)])

    @property
    def question(self) -> Question:
        return Question(QuestionKind(self.kind.data), localized(self, "text"), self.position.data or 0)


class AnswersForm(Form):
    """One field for each question is added where it is used."""


def answers_form(survey: Survey) -> AnswersForm:
    class Fields(AnswersForm):
        pass

    for question in survey.questions:
        label: Any = tx(question.text)
        if question.kind is QuestionKind.SCALE:
            choices = select_choices([(str(point), word) for point, word in SATISFACTION.items()])
            field: Any = RadioField(label, [Optional()], choices=choices)
        else:
            field = TextAreaField(label, [Length(max=4000)])
        setattr(Fields, f"q_{question.key}", field)
    form: AnswersForm = Fields()
    return form


def given(survey: Survey, form: AnswersForm) -> dict[str, int | str]:
    """What was answered; what was left open is not in it."""
    found: dict[str, int | str] = {}
    for question in survey.questions:
        value = form[f"q_{question.key}"].data
        if value:
            found[question.key] = int(value) if question.kind is QuestionKind.SCALE else value
    return found
