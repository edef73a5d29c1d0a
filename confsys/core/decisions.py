"""The answer to "may this person do that?": Allow, or Deny with a reason.

Rules are small pure predicates over a standing. They combine with ``all_of`` and ``any_of``; the first
refusal that says something useful is the one a person reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

S = TypeVar("S")


NOT_ALLOWED = _l("You are not allowed to do this.")


@dataclass(frozen=True, slots=True)
class Allow:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Deny:
    """A refusal. A ``hidden`` one is answered exactly as if the thing did not exist."""

    reason: Lazy | str = NOT_ALLOWED
    who_can: Lazy | str = ""
    hidden: bool = False

    def __bool__(self) -> bool:
        return False


Decision = Allow | Deny
Rule = Callable[[S], Decision]

ALLOW = Allow()
HIDDEN = Deny(hidden=True)


def allow_if(condition: object, otherwise: Deny = HIDDEN) -> Decision:
    return ALLOW if condition else otherwise


def all_of(*rules: Callable[[S], Decision]) -> Callable[[S], Decision]:
    """Allowed when every rule allows; else the first refusal."""

    def rule(standing: S) -> Decision:
        return next((answer for r in rules if not (answer := r(standing))), ALLOW)

    return rule


def any_of(*rules: Callable[[S], Decision]) -> Callable[[S], Decision]:
    """Allowed when one rule allows; else the first refusal that is not hidden, or the hidden one."""

    def rule(standing: S) -> Decision:
        answers = []
        for r in rules:
            answer = r(standing)
            if isinstance(answer, Allow):
                return answer
            answers.append(answer)
        return next((answer for answer in answers if not answer.hidden), answers[0])

    return rule


class Refused(Exception):
    """An operation was asked for something its rules forbid. Carries the Deny."""

    def __init__(self, denial: Deny) -> None:
        super().__init__(str(denial.reason))
        self.denial = denial


def demand(decision: Decision) -> None:
    """Raise Refused unless allowed. Operations call this: the page's own check is only a courtesy."""
    if isinstance(decision, Deny):
        raise Refused(decision)
