"""Inviting many reviewers at once."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Length

from confsys.core.forms import Form, select_choices
from confsys.core.i18n import LANGUAGE_NAMES
from confsys.core.i18n import lazy_gettext as _l


class ShortlistForm(Form):
    """A list to look at; nobody on it is written to before it has been looked at."""

    people = TextAreaField(
        _l("Whom"),
        [Length(max=200_000)],
        description=_l("One a line, such as: Li Mei <li.mei@example.org>. A bare address or spreadsheet rows will do."),
    )
    file = FileField(
        _l("Or a CSV file"),
        description=_l("With a column of addresses and one of names."),
        render_kw={"accept": ".csv,text/csv,text/plain"},
    )
    track = SelectField(_l("Only for one track"), coerce=str, validate_choice=False)
    locale = RadioField(_l("Language of the invitation"), choices=select_choices(LANGUAGE_NAMES))
    message = TextAreaField(
        _l("A word of your own"), [Length(max=2000)], description=_l("It stands in the middle of the mail.")
    )
