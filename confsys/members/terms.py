"""The arithmetic of terms: when one begins, when it ends, how long its grace is. Pure; days, no moments.

Three dates: *joined* never changes, *starts* and *ends* belong to one term. A term that is renewed while its member
still counts begins the day after the old one ends, however early or late the payment came; after the grace a new
term begins on the day it is paid. No term is without an end.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from confsys.members.states import MembershipState, Period


@dataclass(frozen=True, slots=True)
class TermRule:
    """What a class says of its terms. ``rollover``: (month, day) from which a calendar term covers next year, too."""

    period: Period
    months: int = 12
    grace_days: int = 60
    opens_days: int = 90
    rollover: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    starts_on: date
    ends_on: date
    grace_until: date


def later_by(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end(rule: TermRule, start: date, *, joining: bool) -> date:
    if rule.period is Period.ROLLING:
        return later_by(start, rule.months) - timedelta(days=1)
    years = max(1, rule.months // 12)
    late = joining and rule.rollover is not None and (start.month, start.day) >= rule.rollover
    return date(start.year + years - 1 + late, 12, 31)


def next_span(rule: TermRule, paid_on: date, last: Span | None) -> Span:
    """The term that a payment of ``paid_on`` buys, given the last one."""
    goes_on = last is not None and paid_on <= last.grace_until
    start = last.ends_on + timedelta(days=1) if last is not None and goes_on else paid_on
    end = _end(rule, start, joining=not goes_on)
    return Span(start, end, end + timedelta(days=rule.grace_days))


def renewal_opens(last: Span, opens_days: int) -> date:
    return last.ends_on - timedelta(days=opens_days)


def state_on(day: date, last: Span, ended_on: date | None = None) -> MembershipState:
    """What the holder of ``last``, the term with the latest end, is on a day."""
    if ended_on is not None and day >= ended_on:
        return MembershipState.ENDED
    if day <= last.ends_on:
        return MembershipState.CURRENT
    return MembershipState.GRACE if day <= last.grace_until else MembershipState.LAPSED
