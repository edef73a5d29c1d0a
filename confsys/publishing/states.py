"""Closed sets of publishing."""

import enum


class CameraReadyState(enum.StrEnum):
    """Derived from what is there: a file with errors is ``failed``, one without waits for approval."""

    MISSING = "missing"
    FAILED = "failed"
    WAITING = "waiting"
    READY = "ready"


class VolumeState(enum.StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class BuildState(enum.StrEnum):
    RUNNING = "running"
    VERIFIED = "verified"
    FAILED = "failed"


class ArtefactKind(enum.StrEnum):
    VOLUME_PDF = "volume_pdf"
    VOLUME_DOCX = "volume_docx"
    BIBTEX = "bibtex"
    PAPER_PDF = "paper_pdf"
    REPORT = "report"
    OTHER = "other"
