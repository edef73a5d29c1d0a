"""The pages of the forum."""

from confsys.forum.views import minutes, salons, settings, tables, topics
from confsys.forum.views.blueprint import bp

__all__ = ["bp", "minutes", "salons", "settings", "tables", "topics"]
