"""Forms of the forum: shape and wording."""

from __future__ import annotations

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import DateTimeLocalField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import LANGUAGE_NAMES
from confsys.core.i18n import lazy_gettext as _l
from confsys.forum.words import OUTCOMES, TOPIC_KINDS


class TopicForm(VersionedForm):
    title = StringField(_l("Topic"), [InputRequired(), Length(max=200)])
    kind = RadioField(_l("Why it deserves a meeting"), [InputRequired()], choices=select_choices(TOPIC_KINDS))
    field = StringField(_l("Field"), [InputRequired(), Length(max=120)])
    why = TextAreaField(_l("Why it matters"), [InputRequired(), Length(max=4000)])


class DecisionForm(VersionedForm):
    reasons = TextAreaField(_l("Reasons"), [Length(max=4000)])


class TrackForm(Form):
    event = SelectField(_l("Event"), coerce=str, validate_choice=False)


class SalonForm(Form):
    day = DateField(_l("Day of the salon"), [InputRequired()])


class ForumForm(VersionedForm):
    """One box for each part; the fields are those of ForumOptions."""

    topics = BooleanField(_l("Topic proposals"))
    salon = BooleanField(_l("Salon"))
    round_table = BooleanField(_l("Round table"))
    needs = BooleanField(_l("Needs of companies"))
    demos = BooleanField(_l("Demonstrations"))
    seats = IntegerField(_l("Seats at the table"), [InputRequired(), NumberRange(min=2, max=200)])


class GatheringForm(VersionedForm):
    question_en = StringField(_l("The question"), [Length(max=300)])
    question_zh = StringField(_l("The question"), [Length(max=300)])
    host = SelectField(_l("Host"), coerce=str, validate_choice=False)
    scribe = SelectField(_l("Scribe"), coerce=str, validate_choice=False)


class ShortTalkForm(VersionedForm):
    title = StringField(_l("What you speak about"), [InputRequired(), Length(max=200)])
    text = TextAreaField(_l("Your text"), [InputRequired(), Length(max=10_000)])


class MinutesForm(VersionedForm):
    text = TextAreaField(_l("Text"), [Length(max=50_000)])


class QuoteForm(Form):
    person = SelectField(_l("Whose words"), coerce=str, validate_choice=False)
    address = StringField(_l("Or by e-mail address"), [Length(max=254)])
    text = TextAreaField(_l("The words"), [InputRequired(), Length(max=1000)])


class QuoteAnswerForm(VersionedForm):
    text = TextAreaField(_l("Your words"), [Length(max=1000)])


class IdeaForm(Form):
    title = StringField(_l("The idea in one line"), [InputRequired(), Length(max=200)])
    detail = TextAreaField(_l("More about it"), [Length(max=2000)])


class OutcomeForm(Form):
    outcome = TextAreaField(_l("What became of it"), [InputRequired(), Length(max=2000)])


class SeatsForm(Form):
    people = TextAreaField(
        _l("Whom"),
        [InputRequired(), Length(max=20_000)],
        description=_l("One a line, such as: Li Mei <li.mei@example.org>. A bare address will do."),
    )
    locale = RadioField(_l("Language of the invitation"), choices=select_choices(LANGUAGE_NAMES))
    message = TextAreaField(_l("A word of your own"), [Length(max=2000)])


class StatementForm(VersionedForm):
    title = StringField(_l("Title"), [InputRequired(), Length(max=200)])
    text = TextAreaField(_l("Your statement"), [InputRequired(), Length(max=10_000)])
    is_public = BooleanField(_l("Everybody may read it"))


class NeedForm(VersionedForm):
    organisation = SelectField(_l("You speak for"), coerce=str, validate_choice=False)
    title = StringField(_l("The need in one line"), [InputRequired(), Length(max=200)])
    field = StringField(_l("Field"), [InputRequired(), Length(max=120)])
    problem = TextAreaField(_l("The problem"), [InputRequired(), Length(max=4000)])
    confidential = TextAreaField(_l("Confidential detail"), [Length(max=8000)])
    named = BooleanField(_l("Everybody may read whose need it is"))


class ExpertForm(Form):
    fields = StringField(_l("What you can help with"), [InputRequired(), Length(max=600)])
    about = TextAreaField(_l("What a company should know of you"), [Length(max=1000)])
    active = BooleanField(_l("Companies may ask me"))


class MatchOutcomeForm(Form):
    outcome = RadioField(_l("What came of it"), [InputRequired()], choices=select_choices(OUTCOMES))
    text = TextAreaField(_l("In a few words"), [Length(max=2000)])


class DemoForm(VersionedForm):
    organisation = SelectField(_l("You speak for"), coerce=str, validate_choice=False)
    title = StringField(_l("What you show"), [InputRequired(), Length(max=200)])
    description = TextAreaField(_l("What people will see"), [InputRequired(), Length(max=4000)])
    minutes = IntegerField(_l("How many minutes"), [InputRequired(), NumberRange(min=5, max=480)])
    wants = StringField(_l("What you need there"), [Length(max=300)])


class PlaceForm(Form):
    starts_at = DateTimeLocalField(_l("Begins"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    place = StringField(_l("Place"), [Length(max=120)])
