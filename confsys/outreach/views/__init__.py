"""Pages of outreach, by who comes."""

from confsys.outreach.views.blueprint import bp

from confsys.outreach.views import bookings, desk, door, public, schools, speakers, volunteers  # isort: skip

__all__ = ["bookings", "bp", "desk", "door", "public", "schools", "speakers", "volunteers"]
