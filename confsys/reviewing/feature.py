"""What this room brings into the house."""

from confsys.core.registry import Feature
from confsys.reviewing import jobs

__all__ = ["feature", "jobs"]

feature = Feature(name="reviewing")
