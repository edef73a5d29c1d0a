"""Pages of the members room."""

from confsys.members.views import (
    applying,
    bodies,
    directory,
    integrity,
    mine,
    office,
    officers,
    structure,
    suggestions,
    tiers,
)
from confsys.members.views.blueprint import bp
from confsys.members.views.blueprint import office as office_bp

__all__ = [
    "applying", "bodies", "bp", "directory", "integrity", "mine", "office", "office_bp", "officers", "structure",
    "suggestions", "tiers",
]  # fmt: skip
