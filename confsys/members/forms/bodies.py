"""Bodies, offices, and who holds them."""

from __future__ import annotations

from wtforms import BooleanField, DateField, EmailField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from confsys.core.forms import Form, VersionedForm, localized, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.operations.bodies import BodyFacts
from confsys.members.states import BodyKind
from confsys.members.words import BODY_KINDS


class BodyForm(VersionedForm):
    kind = SelectField(_l("Kind"), [InputRequired()], choices=select_choices(BODY_KINDS))
    name_en = StringField(_l("Name"), [Length(max=120)])
    name_zh = StringField(_l("Name"), [Length(max=120)])
    about_en = TextAreaField(_l("What it does"), [Length(max=2000)])
    about_zh = TextAreaField(_l("What it does"), [Length(max=2000)])
    address = EmailField(_l("E-mail"), [Optional(), Length(max=254)], description=_l("Where it can be written to."))
    answer_days = IntegerField(
        _l("Days to answer a suggestion"), [InputRequired(), NumberRange(1, 365)],
        description=_l("Counted from the day on which the office hands it over."),
    )  # fmt: skip
    founded_on = DateField(_l("Founded on"), [Optional()])
    dissolved_on = DateField(_l("Dissolved on"), [Optional()], description=_l("From this day on it is history."))

    @property
    def facts(self) -> BodyFacts:
        return BodyFacts(
            BodyKind(self.kind.data), localized(self, "name"), localized(self, "about"), self.address.data or "",
            self.answer_days.data or 30, self.founded_on.data, self.dissolved_on.data,
        )  # fmt: skip


class NewBodyForm(BodyForm):
    key = StringField(
        _l("Short name"),
        [InputRequired(), Length(max=40), Regexp(r"[a-z][a-z0-9-]*$", message=_l("Small letters, digits and dashes."))],
        description=_l("Used in addresses and exports, such as youth."),
    )


class OfficeForm(VersionedForm):
    title_en = StringField(_l("Title"), [Length(max=120)])
    title_zh = StringField(_l("Title"), [Length(max=120)])
    single = BooleanField(_l("One person at a time"))


class AppointForm(Form):
    address = EmailField(
        _l("E-mail of the person"), [InputRequired(), Length(max=254)],
        description=_l("An address that they have confirmed here."),
    )  # fmt: skip
    starts_on = DateField(_l("First day"), [InputRequired()])
    ends_on = DateField(_l("Last day"), [Optional()], description=_l("Leave it empty while nobody knows."))
    note = StringField(_l("Note"), [Length(max=500)], description=_l("Such as the meeting that elected them."))


class TermForm(VersionedForm):
    starts_on = DateField(_l("First day"), [InputRequired()])
    ends_on = DateField(_l("Last day"), [Optional()], description=_l("Leave it empty while nobody knows."))
