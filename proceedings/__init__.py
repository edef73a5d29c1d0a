"""The publishing engine: papers and their metadata in, a verified volume in every format out.

Pure: plain data and files in, files out; no database, no network, no clock (dates come in).

Looking at one uploaded file::

    report = inspect(path, name="paper.pdf", accept=("pdf",), authors=[Person.of({...})], blind=True)
    report.refused                      # must the author upload another?
    for finding in report.findings:     # Finding(code, severity, params, marks, paper)
        finding.text("en"), finding.text("zh"), finding.severity, finding.group
    report.kind, report.opens, report.encryption, report.pages, report.fonts, report.metadata, report.text
    Report.from_dict(report.as_dict())  # plain data for a JSON column

The file is read in a process apart, bounded in time and memory; a :class:`Pool` passed as ``pool=`` keeps
that process between calls.
"""

from proceedings.findings import Finding, Mark, Severity
from proceedings.inspection import Report, anonymity, inspect
from proceedings.isolation import Pool
from proceedings.people import Person
from proceedings.text import Text

__all__ = ["Finding", "Mark", "Person", "Pool", "Report", "Severity", "Text", "anonymity", "inspect"]
