"""The pages of registration, by who comes."""

from confsys.registration.views import attendee, desk, organiser, public
from confsys.registration.views.blueprint import bp

__all__ = ["attendee", "bp", "desk", "organiser", "public"]
