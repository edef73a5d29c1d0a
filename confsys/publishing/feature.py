"""What this room brings into the house."""

from confsys.core.registry import Feature

feature = Feature(name="publishing")
