"""What an event uses of the forum; kept in ``Event.options["forum"]``."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.events.options import declare


@declare("forum")
@dataclass(frozen=True, slots=True)
class ForumOptions:
    #: People propose topics for the event, others support them.
    topics: bool = False
