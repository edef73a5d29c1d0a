"""Applying, vouching, consenting; and what the office fills in."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, Regexp

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.states import EndReason, Period
from confsys.members.words import END_REASONS, PERIODS


class ApplyForm(Form):
    tier = RadioField(_l("Class of membership"), [InputRequired(_l("Please choose a class."))])
    branch = SelectField(_l("Branch"), [Optional()], description=_l("The branch you would like to belong to."))
    statement = TextAreaField(
        _l("About you and your work"),
        [Length(max=4000)],
        description=_l("What you work on, since when, and what you would like to do in the society."),
    )
    referees = TextAreaField(
        _l("Members who vouch for you"),
        [Length(max=1000)],
        description=_l("Their e-mail addresses, one a line. They are asked by mail and answer by a link."),
    )

    @property
    def addresses(self) -> list[str]:
        text = (self.referees.data or "").replace(",", "\n").replace(";", "\n").replace("，", "\n").replace("；", "\n")
        return [line.strip() for line in text.splitlines() if line.strip()]


class RefereeForm(Form):
    address = EmailField(_l("Another member"), [InputRequired(), Length(max=254)])


class VouchForm(Form):
    words = TextAreaField(
        _l("A word about the applicant"), [Length(max=1000)], description=_l("Only the office reads it.")
    )
    #: Which of the two buttons was pressed.
    answer = HiddenField(validators=[AnyOf(["confirm", "decline"], message=_l("Please press one of the buttons."))])


class ConsentForm(VersionedForm):
    """One field of choices for each field of the directory is added where it is used."""


class NoteForm(VersionedForm):
    note = TextAreaField(_l("To the applicant"), [Length(max=2000)])


class EndForm(VersionedForm):
    reason = SelectField(_l("Why"), [InputRequired()], choices=select_choices(END_REASONS))
    on = DateField(_l("From"), [InputRequired()])

    @property
    def end_reason(self) -> EndReason:
        return EndReason(self.reason.data)


class BranchForm(VersionedForm):
    branch = SelectField(_l("Branch"), [Optional()])


class TierForm(VersionedForm):
    name_en = StringField(_l("Name"), [Length(max=120)])
    name_zh = StringField(_l("Name"), [Length(max=120)])
    description_en = TextAreaField(_l("Whom it is for"), [Length(max=1000)])
    description_zh = TextAreaField(_l("Whom it is for"), [Length(max=1000)])
    benefits_en = TextAreaField(_l("What its members get"), [Length(max=2000)])
    benefits_zh = TextAreaField(_l("What its members get"), [Length(max=2000)])
    letter = StringField(
        _l("Letter"),
        [InputRequired(), Regexp(r"[A-Z]$", message=_l("One capital letter, such as M."))],
        description=_l("The last character of the member number. It changes with the class; the stem never does."),
    )
    dues = StringField(_l("Dues of a term"), [InputRequired(), Length(max=20)])
    joining = StringField(_l("Fee on joining"), [InputRequired(), Length(max=20)])
    period = RadioField(_l("A term ends"), [InputRequired()], choices=select_choices(PERIODS))
    months = IntegerField(_l("Months of a term"), [InputRequired(), NumberRange(1, 120)])
    rollover = StringField(
        _l("Joining from this day covers next year, too"),
        [Optional(), Regexp(r"\d{2}-\d{2}$", message=_l("A day of the year, such as 10-01."))],
        description=_l("Month and day, such as 10-01. Only where a term ends with the calendar year."),
    )
    opens_days = IntegerField(_l("Renewal opens, days before the end"), [InputRequired(), NumberRange(0, 366)])
    grace_days = IntegerField(_l("Grace after the end, in days"), [InputRequired(), NumberRange(0, 730)])
    referees = IntegerField(_l("Members who must vouch"), [InputRequired(), NumberRange(0, 5)])
    is_open = BooleanField(_l("Anybody may apply for it"))

    @property
    def kind(self) -> Period:
        return Period(self.period.data)

    @property
    def rollover_day(self) -> tuple[int, int] | None:
        month, _dash, day = (self.rollover.data or "").partition("-")
        return (int(month), int(day)) if month and day else None


class NewTierForm(TierForm):
    key = StringField(
        _l("Short name"),
        [InputRequired(), Length(max=40), Regexp(r"[a-z][a-z0-9-]*$", message=_l("Small letters, digits and dashes."))],
        description=_l("Used in addresses and exports, such as student."),
    )
