"""Making a suggestion, handing it on, answering it, rating the answer."""

from __future__ import annotations

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.operations.suggestions import Proposal
from confsys.members.states import SuggestionTopic
from confsys.members.words import SUGGESTION_TOPICS

STARS = {"5": _l("very good"), "4": _l("good"), "3": _l("fair"), "2": _l("poor"), "1": _l("of no use")}


class SuggestionForm(Form):
    topic = SelectField(_l("Topic"), [InputRequired()], choices=select_choices(SUGGESTION_TOPICS))
    title = StringField(_l("In one line"), [InputRequired(), Length(max=200)])
    text = TextAreaField(
        _l("What do you suggest?"), [InputRequired(), Length(max=10000)],
        description=_l("What is so today, what could be better, and how."),
    )  # fmt: skip
    shares = BooleanField(
        _l("Publish it together with the answer"),
        description=_l("Otherwise you, the office and the body that answers read it, and nobody else."),
    )
    named = BooleanField(_l("Publish it with my name"))

    @property
    def proposal(self) -> Proposal:
        return Proposal(
            SuggestionTopic(self.topic.data), self.title.data or "", self.text.data or "", self.shares.data,
            self.named.data,
        )  # fmt: skip


class RouteForm(VersionedForm):
    body = SelectField(_l("Who answers it"), [InputRequired()])
    due_on = DateField(
        _l("Answer due on"), [Optional()], description=_l("Leave it empty for the number of days the body is given.")
    )


class AnswerForm(VersionedForm):
    answer = TextAreaField(_l("Your answer"), [InputRequired(), Length(max=10000)])


class RateForm(Form):
    stars = RadioField(
        _l("How good is the answer?"), [InputRequired(_l("Please choose."))], choices=select_choices(STARS)
    )
    note = TextAreaField(_l("A word on it"), [Length(max=1000)], description=_l("The office reads it."))
