"""Closed sets of publishing."""

import enum


class CameraReadyState(enum.StrEnum):
    """Derived from what is there: a file with errors is ``failed``, one without waits for approval."""

    MISSING = "missing"
    FAILED = "failed"
    WAITING = "waiting"
    READY = "ready"


class Licence(enum.StrEnum):
    """Under what a paper appears."""

    CC_BY = "CC-BY-4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0"
    TRANSFER = "publisher"


class Holder(enum.StrEnum):
    """Whose the paper is, which decides what its notice says."""

    AUTHORS = "authors"
    EMPLOYER = "employer"
    US_GOVERNMENT = "us-gov"
    CROWN = "crown"
    EU = "eu"


class ChangeState(enum.StrEnum):
    """A change of the record of an accepted paper, asked for by its authors."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


#: from -> allowed next states
CHANGE_TRANSITIONS: dict[ChangeState, frozenset[ChangeState]] = {
    ChangeState.OPEN: frozenset({ChangeState.APPROVED, ChangeState.REFUSED, ChangeState.WITHDRAWN}),
}


class Step(enum.StrEnum):
    """What a final version still lacks before it can be printed, in the order in which it is done."""

    FILE = "file"
    CHECKLIST = "checklist"
    LICENCE = "licence"
    PROOFS = "proofs"
    FEE = "fee"
    APPROVAL = "approval"


class FeeState(enum.StrEnum):
    """An order of pages beyond the budget."""

    OPEN = "open"
    PAID = "paid"
    LET_GO = "let_go"


class ChapterState(enum.StrEnum):
    """An invitation to write."""

    INVITED = "invited"
    AGREED = "agreed"
    DECLINED = "declined"


#: from -> allowed next states
CHAPTER_TRANSITIONS: dict[ChapterState, frozenset[ChapterState]] = {
    ChapterState.INVITED: frozenset({ChapterState.AGREED, ChapterState.DECLINED}),
    ChapterState.AGREED: frozenset({ChapterState.DECLINED}),
}


class VolumeState(enum.StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class NoticeKind(enum.StrEnum):
    """What is said about a paper after it was published."""

    CORRECTION = "correction"  # by its authors
    ERRATUM = "erratum"  # by the publisher
    CONCERN = "concern"
    RETRACTION = "retraction"


class DoiState(enum.StrEnum):
    """The life of a DOI, as far as this house knows of it."""

    RESERVED = "reserved"  # printed on the paper, not yet told to anybody
    SUBMITTED = "submitted"  # sent, no answer for this record yet
    REGISTERED = "registered"
    UPDATED = "updated"  # registered, and its record replaced by a newer one
    FAILED = "failed"


class DepositState(enum.StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    GIVEN_UP = "given_up"


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
