"""States of a submission, and which may follow which."""

import enum


class SubmissionState(enum.StrEnum):
    """``accepted`` and ``rejected`` are set when decisions are *released*; before that nobody's page knows."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


S = SubmissionState
SUBMISSION_TRANSITIONS: dict[SubmissionState, frozenset[SubmissionState]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.WITHDRAWN, S.ACCEPTED, S.REJECTED}),
    S.WITHDRAWN: frozenset({S.SUBMITTED}),
    S.ACCEPTED: frozenset({S.WITHDRAWN, S.REJECTED, S.SUBMITTED}),
    S.REJECTED: frozenset({S.ACCEPTED, S.SUBMITTED}),
}


#: The presentation of a commissioned chapter: printed by invitation, never presented.
CHAPTER = "chapter"


class FileKind(enum.StrEnum):
    MANUSCRIPT = "manuscript"
    SUPPLEMENT = "supplement"
    CAMERA_READY = "camera_ready"
    SOURCE = "source"


class ConflictKind(enum.StrEnum):
    AUTHOR = "author"
    ORGANISATION = "organisation"
    COAUTHOR = "coauthor"
    EMAIL_DOMAIN = "email_domain"
    RELATION = "relation"
    OTHER = "other"


class ConflictSource(enum.StrEnum):
    DECLARED_BY_AUTHOR = "declared_by_author"
    DECLARED_BY_REVIEWER = "declared_by_reviewer"
    DETECTED = "detected"
    CHAIR = "chair"


class ConflictState(enum.StrEnum):
    """An ``active`` conflict bars; a ``dismissed`` one was looked at by a chair and does not."""

    ACTIVE = "active"
    DISMISSED = "dismissed"
