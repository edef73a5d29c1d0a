"""Closed sets of reports."""

import enum


class ReportKind(enum.StrEnum):
    """Was there an exchange at an event? What did the society do in a year?"""

    EXCHANGE = "exchange"
    YEAR = "year"


class FileForm(enum.StrEnum):
    """What a report is downloaded as."""

    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"
