"""What is written in a case of integrity."""

from __future__ import annotations

from wtforms import DateField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.states import CaseOutcome
from confsys.members.words import ALLEGATIONS, OUTCOMES


class ComplaintForm(Form):
    allegation = SelectField(_l("What is it about?"), [InputRequired()], choices=select_choices(ALLEGATIONS))
    respondent = StringField(
        _l("Whom does it concern?"),
        [InputRequired(), Length(max=300)],
        description=_l("Their e-mail address, or name and organisation."),
    )
    text = TextAreaField(
        _l("What happened?"),
        [InputRequired(), Length(max=20000)],
        description=_l(
            "What, when, where it can be seen. The integrity officer reads it; after the notice the respondent and the "
            "panel do, too."
        ),
    )


class WordsForm(Form):
    text = TextAreaField(_l("Your words"), [InputRequired(), Length(max=20000)])


class ReasonForm(VersionedForm):
    text = TextAreaField(_l("Reason"), [InputRequired(), Length(max=4000)])


class AddressForm(VersionedForm):
    address = EmailField(_l("E-mail"), [Optional(), Length(max=254)])


class OfficerForm(Form):
    address = EmailField(_l("E-mail of the person"), [InputRequired(), Length(max=254)])
    change = RadioField(
        _l("What is to change"), [InputRequired(_l("Please choose."))],
        choices=select_choices({"give": _l("becomes an integrity officer"), "end": _l("is one no longer")}),
    )  # fmt: skip


class StepForm(VersionedForm):
    """A step that needs no words."""


class JudgementForm(VersionedForm):
    outcome = SelectField(
        _l("Outcome"), [InputRequired()],
        choices=select_choices([(key, OUTCOMES[key]) for key in CaseOutcome if key is not CaseOutcome.DISMISSED]),
    )  # fmt: skip
    text = TextAreaField(_l("Reasons"), [InputRequired(), Length(max=20000)])
    until = DateField(_l("Suspended until"), [Optional()])
