"""Sums of money as they are typed."""

from __future__ import annotations

from confsys.core.errors import Invalid
from confsys.core.forms import Form
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money


def amount_of(form: Form, name: str, currency: str) -> int:
    """Minor units of what stands in a field; nothing is nought."""
    try:
        return Money.parse(form[name].data or "0", currency).minor
    except ValueError as error:
        raise Invalid(**{name: _l("An amount such as 200 or 199.50.")}) from error
