"""Forms of chairs."""

from __future__ import annotations

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.reviewing.states import Outcome
from confsys.reviewing.wording import OBJECTIVES, OUTCOME_WORDS, PRESENTATIONS
from confsys.submissions.wording import CONFLICT_WORDS


class DecisionForm(VersionedForm):
    outcome = RadioField(
        _l("Decision"), [InputRequired(_l("Please choose one."))],
        choices=select_choices(OUTCOME_WORDS),
    )  # fmt: skip
    presentation = SelectField(
        _l("Presented as"),
        choices=select_choices([("", _l("left open")), *PRESENTATIONS.items()]),
        validate_choice=False,
    )
    comment = TextAreaField(_l("Comment to the authors"), description=_l("It becomes part of the letter."))
    note = TextAreaField(_l("Note among chairs"), description=_l("Nobody else ever reads it."))

    @property
    def chosen(self) -> Outcome:
        return Outcome(self.outcome.data)


class RunForm(Form):
    """What an assignment run is to reach, in words."""

    coverage = IntegerField(_l("Reviewers for each paper"), [InputRequired(), NumberRange(1, 100)])
    load = IntegerField(_l("Papers for each reviewer, at most"), [InputRequired(), NumberRange(1, 100)])
    text = IntegerField(_l("Nearness of texts"), [Optional(), NumberRange(0, 100)])
    topics = IntegerField(_l("Common topics"), [Optional(), NumberRange(0, 100)])
    bids = IntegerField(_l("Bids"), [Optional(), NumberRange(0, 100)])
    objective = RadioField(
        _l("What is best"), [InputRequired(_l("Please choose one."))],
        choices=select_choices(OBJECTIVES),
    )  # fmt: skip
    seniors = BooleanField(_l("Every paper gets a senior reviewer"))
    one_organisation = BooleanField(_l("No two reviewers of a paper work at the same place"))
    no_returns = BooleanField(_l("No two authors review each other’s papers"))
    kept_share = IntegerField(_l("How much of the greatest sum stays"), [Optional(), NumberRange(50, 100)])
    cap = IntegerField(_l("The greatest chance of a pair"), [Optional(), NumberRange(1, 100)])
    seed = IntegerField(_l("Number to draw with"), [Optional(), NumberRange(0, 10**6)])
    keep_proposals = BooleanField(_l("Keep the proposals that stand now and only fill the gaps"))


class ConflictForm(Form):
    """A conflict that a chair enters."""

    number = IntegerField(_l("Number of the paper"), [InputRequired()])
    person = StringField(_l("E-mail address of the person"), [InputRequired(), Length(max=254)])
    kind = SelectField(_l("Because"), choices=select_choices(CONFLICT_WORDS))
    note = StringField(_l("Note"), [Length(max=300)])


class LetterForm(VersionedForm):
    subject = StringField(_l("Subject"), [Length(max=300)])
    body = TextAreaField(_l("Text"))


class ReminderForm(Form):
    word = TextAreaField(_l("A sentence of your own"), [Length(max=1000)])


class OptionsForm(VersionedForm):
    coverage = IntegerField(_l("Reviews for each paper"), [InputRequired(), NumberRange(1, 100)])
    load = IntegerField(_l("Papers for each reviewer, at most"), [InputRequired(), NumberRange(1, 100)])
    conflict_years = IntegerField(
        _l("Years for which joint papers, former institutions and ended relations stay a conflict"),
        [InputRequired(), NumberRange(0, 50)],
    )
    share_reviews = BooleanField(_l("Reviewers read the other reviews of a paper once their own is submitted"))
