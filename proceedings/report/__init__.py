"""What was checked and found, as JSON for programs and HTML for people."""

from proceedings.report.write import report_files

__all__ = ["report_files"]
