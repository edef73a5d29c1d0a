"""Pages of events: the front page, the public site, the organisers' rooms."""

from confsys.events.views import basics, creating, front, organise, site, stages
from confsys.events.views.blueprint import bp

__all__ = ["basics", "bp", "creating", "front", "organise", "site", "stages"]
