"""Forms of the till."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.payments.states import FapiaoType, TitleKind
from confsys.payments.words import FAPIAO_ITEMS, FAPIAO_TYPES

REQUIRED = DataRequired(_l("This is needed."))


class ClaimForm(Form):
    payer = StringField(_l("Who transferred the money?"), [Length(max=200)])
    slip = FileField(_l("Slip of the bank"))


class BillForm(VersionedForm):
    name = StringField(_l("Name on the invoice"), [REQUIRED, Length(max=200)])
    address = StringField(_l("Address"), [Length(max=300)])
    tax_id = StringField(_l("Tax number"), [Length(max=40)])


class ConfirmForm(VersionedForm):
    received = StringField(_l("How much came"), [REQUIRED])
    remark = StringField(_l("Note"), [Length(max=500)])


class RejectForm(VersionedForm):
    remark = StringField(_l("Note"), [Length(max=500)])


class RefundForm(Form):
    amount = StringField(_l("How much of the price is taken back"), [REQUIRED])
    reason = StringField(_l("Reason"), [REQUIRED, Length(max=500)])


class BillRequestForm(Form):
    """What 发票 and 会费票据 have in common: whose name they carry and where they are sent."""

    title_kind = RadioField(
        _l("For whom"),
        choices=select_choices({TitleKind.UNIT: _l("Unit (单位)"), TitleKind.PERSON: _l("Person (个人)")}),
        default=TitleKind.UNIT.value,
    )
    title = StringField(_l("Title (抬头)"), [REQUIRED, Length(max=200)])
    credit_code = StringField(_l("统一社会信用代码"), [Length(max=40)])
    code_confirmed = BooleanField(_l("The code is right although its check digit does not fit"))
    amount = StringField(_l("Amount"), [Length(max=20)])
    email = StringField(_l("E-mail it is sent to"), [REQUIRED, Email(_l("This is not an e-mail address."))])
    phone = StringField(_l("Telephone"), [Length(max=40)])
    remark = StringField(_l("Remark"), [Length(max=200)])


class FapiaoForm(BillRequestForm):
    type = RadioField(_l("Type"), choices=select_choices(FAPIAO_TYPES), default=FapiaoType.ORDINARY.value)
    item = SelectField(_l("Item (开票项目)"), choices=select_choices({item: item for item in FAPIAO_ITEMS}))
    address = StringField(_l("Registered address"), [Length(max=200)])
    unit_phone = StringField(_l("Telephone of the unit"), [Length(max=40)])
    bank = StringField(_l("Bank"), [Length(max=100)])
    account = StringField(_l("Account"), [Length(max=40)])


class DuesBillForm(BillRequestForm):
    """会费票据: no special kind and one item, the dues."""


class IssueForm(VersionedForm):
    batch = StringField(_l("Code of the bill (票据代码)"), [Length(max=20)])
    number = StringField(_l("Number"), [REQUIRED, Length(max=40)])
    on = DateField(_l("Date"), [InputRequired(_l("This is needed."))])
    file = FileField(_l("File"), [Optional()])


class DeclineForm(VersionedForm):
    reason = StringField(_l("Reason"), [Length(max=300)])


class ReverseForm(VersionedForm):
    batch = StringField(_l("Code of the bill (票据代码)"), [Length(max=20)])
    number = StringField(_l("Number of the red one"), [REQUIRED, Length(max=40)])
    on = DateField(_l("Date"), [InputRequired(_l("This is needed."))])
    reason = StringField(_l("Reason"), [Length(max=300)])
