"""The only door for reading submissions."""

from confsys.submissions.queries.visibility import own, visible_to_staff

__all__ = ["own", "visible_to_staff"]
