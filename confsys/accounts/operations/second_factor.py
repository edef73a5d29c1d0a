"""The second factor: set up, used, taken away."""

from __future__ import annotations

from datetime import datetime

from confsys.accounts import passwords, totp
from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import lock, operation

WRONG = _l("This code is not right. Codes change every half minute and work once; type the present one.")


@operation
def prepare_second_factor(person: Person, *, actor: Actor, at: datetime) -> None:
    """Make a secret to scan, unless one waits already. It counts once a code has been given."""
    if not person.totp_secret:
        person.totp_secret = totp.new_secret()
        record("accounts.second_factor_prepared", person, actor=actor, at=at)


@operation
def enable_second_factor(person: Person, code: str, *, actor: Actor, at: datetime) -> None:
    _spend(person, code, at)
    person.totp_enabled_at = at
    record("accounts.second_factor_on", person, actor=actor, at=at)


@operation
def disable_second_factor(person: Person, password: str, code: str, *, actor: Actor, at: datetime) -> None:
    """Asks for both factors: an unlocked screen must not be enough."""
    if person.password_hash and not passwords.matches(person.password_hash, password):
        raise Invalid(password=_l("This is not your present password."))
    _spend(person, code, at)
    person.totp_secret, person.totp_enabled_at, person.totp_last_step = "", None, 0
    record("accounts.second_factor_off", person, actor=actor, at=at)


@operation
def give_code(person: Person, code: str, *, at: datetime) -> None:
    """Spend a code at sign-in. Raises Invalid."""
    _spend(person, code, at)


def _spend(person: Person, code: str, at: datetime) -> None:
    lock(person)
    step = totp.matching_step(person.totp_secret, code, at, person.totp_last_step) if person.totp_secret else None
    if step is None:
        raise Invalid(code=WRONG)
    person.totp_last_step = step
