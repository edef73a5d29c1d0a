"""Forms of registration."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, Regexp

from confsys.core.forms import BoxesField, Form, RowForm, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.registration.states import BadgeFormat, TicketKind, VoucherKind

NEEDED = DataRequired(_l("This is needed."))
ADDRESS = Email(_l("This is not an e-mail address."))
KINDS = {
    TicketKind.ADMISSION: _l("Admission of one person"),
    TicketKind.ADDON: _l("Something besides: a dinner, a workshop, a volume"),
}
VOUCHERS = {
    VoucherKind.PERCENT: _l("Per cent off"), VoucherKind.AMOUNT: _l("An amount off"),
    VoucherKind.FREE: _l("Free of charge"),
}  # fmt: skip
BADGES = {
    BadgeFormat.A6: _l("A6, one to a page"), BadgeFormat.A7: _l("A7, one to a page"),
    BadgeFormat.SHEET_A6: _l("A6, four to a sheet of A4"), BadgeFormat.SHEET_A7: _l("A7, eight to a sheet of A4"),
}  # fmt: skip


class ChooseForm(Form):
    """How many of which ticket; the numbers stand beside it, named ``count-<id>``."""

    own = BooleanField(_l("The first of these places is for me"), default=True)
    voucher = StringField(_l("Voucher code"), [Length(max=30)])


class NameForm(RowForm):
    family = StringField(_l("Family name"), [Length(max=120)])
    given = StringField(_l("Given name"), [Length(max=120)])
    native = StringField(_l("Name in Chinese characters or another script"), [Length(max=120)])
    email = StringField(_l("E-mail"), [Optional(), ADDRESS, Length(max=254)])
    organisation = StringField(_l("Organisation"), [Length(max=200)])


class PlaceForm(NameForm):
    """One place of a basket."""

    is_buyer = BooleanField(_l("This is me"))
    later = BooleanField(_l("Name this person later"))
    student = BooleanField(_l("Student price"))
    proof = FileField(_l("Proof of being a student"))
    extras = BoxesField(_l("Besides"), coerce=int, choices=[])
    paper = IntegerField(_l("Number of the paper this registration covers"), [Optional()])


class ConfirmForm(VersionedForm):
    """A button that confirms what the page shows."""


class DetailsForm(VersionedForm):
    family = StringField(_l("Family name"), [Length(max=120)])
    given = StringField(_l("Given name"), [Length(max=120)])
    native = StringField(_l("Name in Chinese characters or another script"), [Length(max=120)])
    email = StringField(_l("E-mail"), [Optional(), ADDRESS, Length(max=254)])
    organisation = StringField(_l("Organisation"), [Length(max=200)])


class HandOnForm(VersionedForm):
    family = StringField(_l("Family name"), [Length(max=120)])
    given = StringField(_l("Given name"), [Length(max=120)])
    native = StringField(_l("Name in Chinese characters or another script"), [Length(max=120)])
    email = StringField(_l("E-mail of your colleague"), [NEEDED, ADDRESS, Length(max=254)])


class ExtrasForm(Form):
    extras = BoxesField(_l("Besides"), coerce=int, choices=[])


class RefuseForm(VersionedForm):
    reason = StringField(_l("Why does the proof not hold?"), [NEEDED, Length(max=300)])
    stop = RadioField(
        _l("What follows"), default="difference",
        choices=select_choices({
            "difference": _l("Ask for the difference to the full price"),
            "stop": _l("End the registration and send back what was paid"),
        }),
    )  # fmt: skip


class TicketForm(VersionedForm):
    code = StringField(
        _l("Short name"), [NEEDED, Regexp(r"^[a-z0-9-]{1,30}$", message=_l("Small letters, digits, hyphens."))]
    )
    kind = RadioField(_l("Kind"), choices=select_choices(KINDS), default=TicketKind.ADMISSION.value)
    name_en = StringField(_l("Name"), [Length(max=120)])
    name_zh = StringField(_l("Name"), [Length(max=120)])
    note_en = StringField(_l("One line about it"), [Length(max=300)])
    note_zh = StringField(_l("One line about it"), [Length(max=300)])
    quota = IntegerField(_l("Places"), [Optional(), NumberRange(min=0)])
    regular = StringField(_l("Regular price"), [NEEDED])
    early = StringField(_l("Early price"))
    until = DateField(_l("Early price for whoever registers until"), [Optional()])
    member = StringField(_l("Price for members"))
    student = StringField(_l("Price for students"))
    members_first = IntegerField(_l("Places kept for members"), [Optional(), NumberRange(min=0)])
    members_until = DateField(_l("Kept until"), [Optional()])
    hidden = BooleanField(_l("Hidden: only a voucher that names it shows it"))
    on_sale = BooleanField(_l("On sale"), default=True)


class VoucherForm(VersionedForm):
    code = StringField(_l("Voucher code"), [Length(max=30)])
    kind = RadioField(_l("What it does"), choices=select_choices(VOUCHERS), default=VoucherKind.PERCENT.value)
    amount = StringField(_l("How much"), [Length(max=20)])
    uses_max = IntegerField(_l("How often it may be used"), [NEEDED, NumberRange(min=1, max=100_000)], default=1)
    begins = DateField(_l("Holds from"), [Optional()])
    ends = DateField(_l("Holds until"), [Optional()])
    tickets = BoxesField(_l("For which tickets"), coerce=int, choices=[])
    note = StringField(_l("Given to"), [Length(max=200)])
    is_off = BooleanField(_l("Switched off"))


class RulesForm(VersionedForm):
    basket_minutes = IntegerField(_l("Minutes a basket holds its places"), [NEEDED, NumberRange(min=5, max=240)])
    pay_days = IntegerField(_l("Days an unpaid order holds its places"), [NEEDED, NumberRange(min=1, max=90)])
    offer_hours = IntegerField(
        _l("Hours a place is offered to who waits for one"), [NEEDED, NumberRange(min=1, max=240)]
    )
    cancel_steps = TextAreaField(_l("What comes back to who cancels"), [Length(max=1000)])
    author_must_register = BooleanField(_l("Every accepted paper needs an author with a paid registration"))


class BadgesForm(Form):
    format = SelectField(_l("Size"), choices=select_choices(BADGES), default=BadgeFormat.SHEET_A6.value)


class FindForm(Form):
    code = StringField(_l("Code or name"), [NEEDED, Length(max=100)])
