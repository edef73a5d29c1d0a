"""One uploaded file, looked at from all sides.

What it really is, whether it opens, what it holds, who it names.
"""

from proceedings.inspection.anonymity import anonymity
from proceedings.inspection.inspector import inspect
from proceedings.inspection.report import Font, Page, Report
from proceedings.inspection.sniff import Kind, sniff

__all__ = ["Font", "Kind", "Page", "Report", "anonymity", "inspect", "sniff"]
