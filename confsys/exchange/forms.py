"""Forms of exchange: shape and wording."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.exchange.wording import ANONYMITY, MATERIALS


class QuestionForm(Form):
    """``set_talks`` fills what a question may be about."""

    text = TextAreaField(_l("Your question"), validators=[DataRequired(_l("Please write your question."))])
    talk = SelectField(_l("About"), validate_choice=False)
    unnamed = BooleanField(_l("Ask without my name"))


class RemarkForm(Form):
    text = TextAreaField(_l("Your contribution"), validators=[DataRequired(_l("Please write something first."))])
    parent = StringField(validators=[Optional()])


class AnswerForm(VersionedForm):
    answer = TextAreaField(
        _l("Your answer"), validators=[DataRequired(_l("Please write an answer.")), Length(max=4000)]
    )


class PollForm(Form):
    question = StringField(
        _l("Question of the poll"),
        validators=[DataRequired(_l("Please write the question of the poll.")), Length(max=300)],
    )
    choices = TextAreaField(
        _l("Answers"), validators=[DataRequired(_l("Give two to 8 different answers, one a line."))]
    )


class FeedbackForm(Form):
    stars = RadioField(
        _l("How was this session?"),
        choices=select_choices(
            [
                ("5", _l("5: excellent")),
                ("4", _l("4: good")),
                ("3", _l("3: fair")),
                ("2", _l("2: weak")),
                ("1", _l("1: poor")),
            ]
        ),
        validators=[InputRequired(_l("Please give one to five stars."))],
    )
    comment = TextAreaField(_l("What should stay, what should change?"), validators=[Optional(), Length(max=1000)])


class MaterialForm(Form):
    kind = SelectField(_l("Kind"), choices=select_choices(MATERIALS))
    title = StringField(_l("Title"), validators=[DataRequired(_l("Please give it a title.")), Length(max=200)])
    file = FileField(_l("File"))
    url = StringField(_l("Or an address"), validators=[Optional(), Length(max=500)])
    agreed = BooleanField(_l("I give this talk and agree that this is shown to everybody"))


class RulesForm(VersionedForm):
    moderated = BooleanField(_l("A moderator lets each question through before the room sees it"))
    anonymity = RadioField(_l("Asking without a name"), choices=select_choices(ANONYMITY), validators=[InputRequired()])
    debate = BooleanField(_l("Written debate under each session"))
    attendance = BooleanField(_l("Attendance by a code on the screen"))
    days_after = IntegerField(
        _l("Days after a session until its discussion closes"), validators=[InputRequired(), NumberRange(0, 365)]
    )
