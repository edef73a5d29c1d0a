"""Classes of members. A change holds for terms begun later; what was paid stays as it was sold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.members.models import Tier
from confsys.members.numbers import LETTER
from confsys.members.states import Period


@dataclass(frozen=True, slots=True)
class TierRules:
    """Everything about a class but its key."""

    name: LocalizedText
    letter: str
    description: LocalizedText = LocalizedText()
    position: int = 0
    period: Period = Period.ROLLING
    months: int = 12
    rollover: tuple[int, int] | None = None
    grace_days: int = 60
    opens_days: int = 90
    referees: int = 0
    dues_minor: int = 0
    joining_minor: int = 0
    currency: str = "CNY"
    is_open: bool = True
    benefits: LocalizedText = LocalizedText()


def _checked(rules: TierRules) -> None:
    if not rules.name:
        raise Invalid(name=_l("Please give the name in at least one language."))
    if not LETTER.fullmatch(rules.letter):
        raise Invalid(letter=_l("One capital letter, such as M."))
    if rules.period is Period.CALENDAR and rules.months % 12:
        raise Invalid(months=_l("A class that ends with the calendar year lasts whole years: 12, 24 …"))
    if rules.rollover is not None:
        try:
            date(2001, *rules.rollover)
        except ValueError as error:
            raise Invalid(rollover=_l("A day of the year, such as 10-01.")) from error


def _write(tier: Tier, rules: TierRules) -> None:
    _checked(rules)
    for name in (
        "name", "letter", "description", "position", "period", "months", "grace_days", "opens_days", "referees",
        "dues_minor", "joining_minor", "currency", "is_open", "benefits",
    ):  # fmt: skip
        setattr(tier, name, getattr(rules, name))
    tier.rollover_month, tier.rollover_day = rules.rollover or (None, None)


@operation
def create_tier(key: str, rules: TierRules, *, actor: Actor, at: datetime) -> Tier:
    tier = Tier(key=key)
    _write(tier, rules)
    db.session.add(tier)
    record("member.tier_created", tier, actor=actor, at=at, changes={}, key=key)
    return tier


@operation
def edit_tier(tier: Tier, rules: TierRules, *, version: int | None, actor: Actor, at: datetime) -> None:
    expect_version(tier, version)
    _write(tier, rules)
    record("member.tier_edited", tier, actor=actor, at=at, key=tier.key)
