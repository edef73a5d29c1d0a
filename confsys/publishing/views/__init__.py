"""Pages of the publishing room, by who comes."""

from confsys.publishing.views import author, changes, chapters, dois, fees, finals, notices, public, reminders, volumes
from confsys.publishing.views.blueprint import bp as chair_bp

#: Modules that add their pages to a blueprint of another one.
__all__ = [
    "author",
    "chair_bp",
    "changes",
    "chapters",
    "dois",
    "fees",
    "finals",
    "notices",
    "public",
    "reminders",
    "volumes",
]
