"""The pages of the forum."""

from confsys.forum.views import settings as _settings
from confsys.forum.views import topics as _topics
from confsys.forum.views.blueprint import bp

__all__ = ["_settings", "_topics", "bp"]
