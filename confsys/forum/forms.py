"""Forms of the forum: shape and wording."""

from __future__ import annotations

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.forum.words import TOPIC_KINDS


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
