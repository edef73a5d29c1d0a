"""What can go wrong, said in words a chair understands and in codes a program can translate."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from .kinds import Id


class BadInstance(ValueError):
    """The input contradicts itself or cannot be read; the message is one sentence for a person."""


@dataclass(frozen=True)
class Reason:
    """One cause that blocks every assignment.

    `rule` is a stable code (`coverage`, `load_max`, `load_min`, `capacity`, `locked`, `seniors`,
    `limit:KIND`, `cycles`, `coauthors`, `floor`, `cap`); `needed` and `available` count
    reviews, and per cent for `cap`.
    """

    rule: str
    text: str
    papers: tuple[Id, ...] = ()
    reviewers: tuple[Id, ...] = ()
    needed: int = 0
    available: int = 0


@dataclass(frozen=True)
class Remedy:
    """A change that was tried and makes an assignment possible, as far as this cause goes.

    `action` is a stable code (`raise_load`, `lower_coverage`, `invite`, `lower_load_min`, `waive`);
    `amounts` says by how much for each paper or reviewer; `cost` is the sum of the amounts, the measure
    by which remedies are ranked.
    """

    action: str
    text: str
    amounts: dict[Id, int] = field(default_factory=dict)
    cost: int = 0


class Infeasible(Exception):
    """No assignment satisfies every rule: why, and the cheapest changes that would help."""

    def __init__(self, reasons: list[Reason], remedies: list[Remedy] | None = None) -> None:
        super().__init__(" ".join(reason.text for reason in reasons))
        self.reasons = reasons
        self.remedies = sorted(remedies or [], key=lambda remedy: remedy.cost)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "reasons": [asdict(reason) for reason in self.reasons],
            "remedies": [
                {**asdict(remedy), "amounts": [[key, n] for key, n in remedy.amounts.items()]}
                for remedy in self.remedies
            ],
        }
