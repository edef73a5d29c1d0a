"""The budget of a year and its lines; honours."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from confsys.core.forms import Form, VersionedForm, localized, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.forms.amounts import amount_of
from confsys.members.operations.budget import Line
from confsys.members.operations.honours import Given
from confsys.members.states import BudgetSide, HonourKind
from confsys.members.words import BUDGET_AUDIENCES, BUDGET_SIDES, HONOUR_KINDS


class NewBudgetForm(Form):
    year = IntegerField(_l("Year"), [InputRequired(), NumberRange(2000, 2199)])


class BudgetForm(VersionedForm):
    audience = RadioField(
        _l("Who may read it"), [InputRequired()],
        choices=select_choices([(key, word) for key, (word, _tone) in BUDGET_AUDIENCES.items()]),
    )  # fmt: skip
    dues_planned = StringField(
        _l("Dues expected"), [InputRequired(), Length(max=20)],
        description=_l("What came in is counted from the payments."),
    )  # fmt: skip
    note_en = TextAreaField(_l("A word on the year"), [Length(max=2000)])
    note_zh = TextAreaField(_l("A word on the year"), [Length(max=2000)])


class LineForm(VersionedForm):
    side = RadioField(_l("Side"), [InputRequired(_l("Please choose."))], choices=select_choices(BUDGET_SIDES))
    name_en = StringField(_l("What it is"), [Length(max=120)])
    name_zh = StringField(_l("What it is"), [Length(max=120)])
    planned = StringField(_l("Planned"), [InputRequired(), Length(max=20)])
    actual = StringField(_l("Actual"), [InputRequired(), Length(max=20)])
    note_en = TextAreaField(_l("Note"), [Length(max=1000)])
    note_zh = TextAreaField(_l("Note"), [Length(max=1000)])

    def line(self, currency: str) -> Line:
        return Line(
            BudgetSide(self.side.data), localized(self, "name"), amount_of(self, "planned", currency),
            amount_of(self, "actual", currency), localized(self, "note"),
        )  # fmt: skip


class HonourForm(Form):
    kind = SelectField(_l("Kind"), [InputRequired()], choices=select_choices(HONOUR_KINDS))
    title_en = StringField(_l("Title"), [Length(max=200)])
    title_zh = StringField(_l("Title"), [Length(max=200)])
    year = IntegerField(_l("Year"), [InputRequired(), NumberRange(1800, 2200)])

    @property
    def given(self) -> Given:
        return Given(HonourKind(self.kind.data), localized(self, "title"), self.year.data or 0)
