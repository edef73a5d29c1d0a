"""News of this room. Sent inside the operation."""

from blinker import Namespace

_exchange = Namespace()

#: Somebody's presence in a session was recorded; sent with the Attendance, ``floor``, ``actor`` and ``at``.
attended = _exchange.signal("session-attended")
