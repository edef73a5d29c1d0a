"""The pages of registration, by who comes."""

from confsys.registration.views import attendee, basket, catalogue, changing, desk, organiser, public
from confsys.registration.views.blueprint import bp

__all__ = ["attendee", "basket", "bp", "catalogue", "changing", "desk", "organiser", "public"]
