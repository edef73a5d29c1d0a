"""Forms of one or two fields."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from confsys.core.i18n import lazy_gettext as _l


class WithdrawForm(FlaskForm):
    reason = TextAreaField(_l("Why is the paper withdrawn?"), description=_l("The organisers read this."))
