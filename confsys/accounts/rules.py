"""Who may do what with accounts: everybody with their own."""

from __future__ import annotations

from confsys.accounts.models import Person
from confsys.core.decisions import ALLOW, Decision, Deny
from confsys.core.i18n import lazy_gettext as _l


def only_me(person: Person | None) -> Decision:
    """The pages about oneself are loaded by the session: whoever has one sees their own."""
    return ALLOW if person is not None else Deny(_l("Please sign in first."))
