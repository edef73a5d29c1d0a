"""One thing that was verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """``name`` is what was verified, of ``subject`` (a paper's id or a file); ``problem`` is empty where
    it held.

    ``firm`` says that a failure is a fault of the volume; otherwise it may be how a paper's own PDF is
    written.
    """

    name: str
    subject: str
    problem: str = ""
    firm: bool = True

    @property
    def held(self) -> bool:
        """Whether it is as it should be."""
        return not self.problem

    def as_dict(self) -> dict[str, Any]:
        """Plain data for the report."""
        return {"check": self.name, "subject": self.subject, "held": self.held, "problem": self.problem}
