"""Who is young enough: age on a day, or years since the last degree. Pure arithmetic of dates."""

from __future__ import annotations

from datetime import date

from confsys.awards.states import AgeRule


def years_after(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def fits(rule: AgeRule, limit: int, declared: date, on: date) -> bool:
    """``declared``: the day of birth or of the degree. Whoever turns ``limit`` on the day is too old by age; the
    anniversary of the degree itself still counts."""
    if rule is AgeRule.NONE:
        return True
    if declared > on:
        return False
    return on < years_after(declared, limit) if rule is AgeRule.AGE else on <= years_after(declared, limit)
