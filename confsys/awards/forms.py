"""Forms of awards."""

from __future__ import annotations

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from confsys.awards.states import AgeRule, Check, Scheme
from confsys.awards.words import CHECKS, RULES, SCHEMES, SOURCES
from confsys.core.forms import BoxesField, Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l

NEEDED = InputRequired(_l("This is needed."))


class TermsForm(VersionedForm):
    name_en = StringField(_l("English"), [Length(max=200)])
    name_zh = StringField(_l("Chinese"), [Length(max=200)])
    purpose_en = TextAreaField(_l("English"), [Length(max=2000)])
    purpose_zh = TextAreaField(_l("Chinese"), [Length(max=2000)])
    sources = BoxesField(_l("Candidates"), choices=select_choices(SOURCES))
    nominate_until = DateField(_l("Nominations until the end of"), [Optional()])
    judge_until = DateField(_l("Votes until the end of"), [Optional()])
    scheme = RadioField(_l("The jury"), choices=select_choices(SCHEMES), default=Scheme.SCORE.value)
    picks = IntegerField(_l("How many a juror picks at most"), [Optional(), NumberRange(1, 50)], default=1)
    winners_most = IntegerField(_l("How many win at most"), [NEEDED, NumberRange(1, 50)], default=1)
    rule = RadioField(_l("Whom it is for"), choices=select_choices(RULES), default=AgeRule.NONE.value)
    age_limit = IntegerField(_l("Years"), [Optional(), NumberRange(1, 99)])
    age_on = DateField(_l("On the day"), [Optional()])


class NomineeForm(Form):
    address = StringField(_l("E-mail of an account here"), [Length(max=254)])
    family = StringField(_l("Family name"), [Length(max=120)])
    given = StringField(_l("Given name"), [Length(max=120)])
    native = StringField(_l("Name in own script"), [Length(max=120)])
    organisation = StringField(_l("Where the person works"), [Length(max=200)])
    why = TextAreaField(_l("Why"), [Length(max=4000)])


class PaperForm(Form):
    paper = SelectField(_l("Accepted paper"), coerce=int)


class JurorForm(Form):
    address = StringField(_l("E-mail of an account here"), [NEEDED, Length(max=254)])


class DeclareForm(Form):
    declared = DateField(_l("Day"), [NEEDED])
    consent = BooleanField(_l("I agree that the committee reads this day to check the rule"))


class CheckForm(VersionedForm):
    result = RadioField(_l("Result"), choices=select_choices({c: CHECKS[c][0] for c in (Check.FITS, Check.DOES_NOT)}))
    check_note = StringField(_l("Note"), [Length(max=300)])


class StepBackForm(Form):
    reason = StringField(_l("How you are near to the candidate"), [Length(max=300)])


class BallotForm(Form):
    """Its fields are the candidates; the view reads them."""


class DecisionForm(VersionedForm):
    reasons = TextAreaField(_l("Reasons"), [Length(max=4000)])


class YoungOptionsForm(VersionedForm):
    rule = RadioField(_l("Whom it is for"), choices=select_choices(RULES), default=AgeRule.NONE.value)
    limit = IntegerField(_l("Years"), [Optional(), NumberRange(1, 99)])
    on = DateField(_l("On the day"), [Optional()])
    mentors = BooleanField(_l("Mentors offer to help young authors"))


class YoungForm(Form):
    declared = DateField(_l("Day"), [Optional()])
    consent = BooleanField(_l("I agree that the organisers read this day to check the rule"))
    wants_mentor = BooleanField(_l("I wish for a mentor"))


class OfferForm(Form):
    topics = StringField(_l("What you know about"), [Length(max=500)])
    most = IntegerField(_l("How many you would mentor at once"), [NEEDED, NumberRange(0, 10)], default=1)
