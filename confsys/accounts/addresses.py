"""E-mail addresses as they are kept."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l


def normalized(text: str) -> str:
    """The address in lower case; raises ValueError when it cannot be one. Nobody is asked over the network."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error


def checked(text: str, field: str = "address") -> str:
    """The address for an operation; raises Invalid with the sentence at ``field``."""
    try:
        return normalized(text)
    except ValueError as error:
        raise Invalid(**{field: _l("This does not look like an e-mail address.")}) from error
