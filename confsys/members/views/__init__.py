"""Pages of the members room."""

from confsys.members.views import (
    applying,
    bodies,
    budget,
    directory,
    honours,
    integrity,
    mine,
    office,
    officers,
    structure,
    suggestions,
    survey,
    tiers,
)
from confsys.members.views.blueprint import bp
from confsys.members.views.blueprint import office as office_bp

__all__ = [
    "applying", "bodies", "bp", "budget", "directory", "honours", "integrity", "mine", "office", "office_bp",
    "officers", "structure", "suggestions", "survey", "tiers",
]  # fmt: skip
