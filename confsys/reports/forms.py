"""Forms of this room."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired

from confsys.core.forms import Form
from confsys.core.i18n import lazy_gettext as _l


class YearForm(Form):
    year = IntegerField(_l("Year"), [InputRequired(_l("Please write a year, such as 2026."))])
