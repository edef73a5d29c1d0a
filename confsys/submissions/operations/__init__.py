"""The only door for writing submissions."""

from confsys.submissions.operations.conflicts import declare, dismiss, reinstate
from confsys.submissions.operations.conflicts import refresh as refresh_conflicts
from confsys.submissions.operations.files import add_file
from confsys.submissions.operations.lifecycle import clear_outcome, record_outcome, revive, withdraw
from confsys.submissions.operations.linking import link_authors
from confsys.submissions.operations.saving import correct, discard, save, start, submit

__all__ = [
    "add_file", "clear_outcome", "correct", "declare", "discard", "dismiss", "link_authors", "record_outcome",
    "refresh_conflicts", "reinstate", "revive", "save", "start", "submit", "withdraw",
]  # fmt: skip
