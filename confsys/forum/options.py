"""What an event uses of the forum; kept in ``Event.options["forum"]``."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.events.options import declare


@declare("forum")
@dataclass(frozen=True, slots=True)
class ForumOptions:
    #: People propose topics for the event, others support them.
    topics: bool = False
    #: An evening about one question: short talks without review, minutes, ideas.
    salon: bool = False
    #: Invited seats, a statement each, a summary.
    round_table: bool = False
    #: Companies post needs, experts who opted in are matched with them.
    needs: bool = False
    #: Companies show what they made, each at a time and a place.
    demos: bool = False
    #: How many sit at the round table.
    seats: int = 12

    @property
    def gathers(self) -> bool:
        """Whether the event has a host, a scribe and minutes."""
        return self.salon or self.round_table
