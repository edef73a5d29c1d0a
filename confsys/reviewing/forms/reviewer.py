"""Forms of reviewers."""

from __future__ import annotations

from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from confsys.core.forms import BoxesField, Form, VersionedForm
from confsys.core.i18n import lazy_gettext as _l


class ProfileForm(VersionedForm):
    load = IntegerField(_l("How many papers can you review?"), [Optional()])
    topics = BoxesField(_l("Topics you are at home in"), coerce=int, choices=[])
    away_from = DateField(_l("Away from"), [Optional()])
    away_until = DateField(_l("Away until"), [Optional()])
    note = TextAreaField(_l("A word to the chairs"), [Length(max=500)])


class PassOnForm(Form):
    people = StringField(
        _l("Name and e-mail address"), [Length(max=300)], description=_l("Such as: Li Mei <li.mei@example.org>")
    )
    word = TextAreaField(_l("A word to the chairs"), [Length(max=500)])


class DeclineForm(Form):
    reason = TextAreaField(_l("Why can you not review it?"), [Length(max=500)])
