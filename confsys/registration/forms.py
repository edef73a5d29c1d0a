"""Forms of registration."""

from __future__ import annotations

from wtforms import BooleanField, DateField, FieldList, FormField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, Regexp

from confsys.core.forms import Form, RowForm, VersionedForm
from confsys.core.i18n import lazy_gettext as _l

NEEDED = DataRequired(_l("This is needed."))


class AttendeeRowForm(RowForm):
    ticket = SelectField(_l("Ticket"), coerce=int)
    given = StringField(_l("Given name"), [Length(max=120)])
    family = StringField(_l("Family name"), [Length(max=120)])
    native = StringField(_l("Name in Chinese characters or another script"), [Length(max=120)])
    email = StringField(_l("E-mail"), [NEEDED, Email(_l("This is not an e-mail address."))])
    organisation = StringField(_l("Organisation"), [Length(max=200)])
    paper = IntegerField(_l("Number of the paper this registration covers"), [Optional()])
    is_buyer = BooleanField(_l("This is me"))


class RegisterForm(Form):
    people = FieldList(FormField(AttendeeRowForm), min_entries=1, max_entries=20)


class TicketForm(VersionedForm):
    code = StringField(
        _l("Short name"), [NEEDED, Regexp(r"^[a-z0-9-]{1,30}$", message=_l("Small letters, digits, hyphens."))]
    )
    name_en = StringField(_l("Name"), [Length(max=120)])
    name_zh = StringField(_l("Name"), [Length(max=120)])
    quota = IntegerField(_l("Places"), [Optional(), NumberRange(min=0)])
    regular = StringField(_l("Regular price"), [NEEDED])
    early = StringField(_l("Early price"))
    member = StringField(_l("Price for members"))
    until = DateField(_l("Early price for whoever registers until"), [Optional()])
    on_sale = BooleanField(_l("On sale"), default=True)


class FindForm(Form):
    code = StringField(_l("Code or name"), [NEEDED, Length(max=100)])
