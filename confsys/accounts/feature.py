"""What this room brings into the house."""

from confsys.accounts import sessions
from confsys.core.registry import Feature

feature = Feature(name="accounts", setup=sessions.configure)
