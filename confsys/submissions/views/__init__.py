"""Pages: for authors, for staff, and the import."""

from confsys.submissions.views import author, editing, files, importing, staff
from confsys.submissions.views.blueprint import bp, mine

__all__ = ["author", "bp", "editing", "files", "importing", "mine", "staff"]
