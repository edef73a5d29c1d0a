"""The rules an event sets for its discussions; kept in ``Event.options["exchange"]``."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.events.options import declare
from confsys.exchange.states import Anonymity


@declare("exchange")
@dataclass(frozen=True, slots=True)
class ExchangeOptions:
    #: A question waits until a moderator lets it through.
    moderated: bool = False
    anonymity: str = Anonymity.MODERATORS_KNOW.value
    #: Written debate under each session.
    debate: bool = True
    #: Days after a session during which one may still ask, answer and debate.
    days_after: int = 14
    #: The code on the screen records who was there.
    attendance: bool = True

    @property
    def anonymous(self) -> Anonymity:
        return Anonymity(self.anonymity)
