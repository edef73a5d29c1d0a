"""The pages of the forum."""

from confsys.forum.views import demos, minutes, needs, salons, settings, tables, topics
from confsys.forum.views.blueprint import bp

__all__ = ["bp", "demos", "minutes", "needs", "salons", "settings", "tables", "topics"]
