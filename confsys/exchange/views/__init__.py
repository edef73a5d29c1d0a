"""Pages of exchange: for the room, the moderator, the speaker, the organisers."""

from confsys.exchange.views import desk, hall, listening, moderating, presence, speaking
from confsys.exchange.views.blueprint import bp, live

__all__ = ["bp", "desk", "hall", "listening", "live", "moderating", "presence", "speaking"]
