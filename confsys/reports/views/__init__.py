"""Pages of reports."""

from confsys.reports.views import making, reading
from confsys.reports.views.blueprint import bp

__all__ = ["bp", "making", "reading"]
