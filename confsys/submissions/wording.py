"""Words for the closed sets of this room."""

from __future__ import annotations

from confsys.core.i18n import lazy_gettext as _l
from confsys.submissions.states import ConflictKind, ConflictSource, FileKind, SubmissionState

PART_WORDS = {
    "title": _l("title"), "abstract": _l("abstract"), "keywords": _l("keywords"), "track_id": _l("track"),
    "topic_ids": _l("topics"), "authors": _l("authors"), "conflicts": _l("conflicts of interest"),
    "answers": _l("further questions"), "file": _l("file"),
}  # fmt: skip

STATE_WORDS = {
    SubmissionState.DRAFT: _l("Draft"),
    SubmissionState.SUBMITTED: _l("Submitted"),
    SubmissionState.WITHDRAWN: _l("Withdrawn"),
    SubmissionState.ACCEPTED: _l("Accepted"),
    SubmissionState.REJECTED: _l("Not accepted"),
}
#: Tones of the design system's badges.
STATE_TONES = {
    SubmissionState.DRAFT: "draft",
    SubmissionState.SUBMITTED: "open",
    SubmissionState.WITHDRAWN: "closed",
    SubmissionState.ACCEPTED: "done",
    SubmissionState.REJECTED: "closed",
}

FILE_WORDS = {
    FileKind.MANUSCRIPT: _l("Paper"),
    FileKind.SUPPLEMENT: _l("Supplement"),
    FileKind.CAMERA_READY: _l("Camera-ready paper"),
    FileKind.SOURCE: _l("Source"),
}

CONFLICT_WORDS = {
    ConflictKind.AUTHOR: _l("author of the paper"),
    ConflictKind.ORGANISATION: _l("same organisation"),
    ConflictKind.COAUTHOR: _l("co-author or close collaborator"),
    ConflictKind.EMAIL_DOMAIN: _l("same e-mail domain"),
    ConflictKind.RELATION: _l("advisor, student, family or friend"),
    ConflictKind.OTHER: _l("another reason"),
}
#: What an author may choose from; the rest is found, not declared.
DECLARABLE = (ConflictKind.ORGANISATION, ConflictKind.COAUTHOR, ConflictKind.RELATION, ConflictKind.OTHER)

SOURCE_WORDS = {
    ConflictSource.DECLARED_BY_AUTHOR: _l("declared by the authors"),
    ConflictSource.DECLARED_BY_REVIEWER: _l("declared by the reviewer"),
    ConflictSource.DETECTED: _l("found by comparison"),
    ConflictSource.CHAIR: _l("set by a chair"),
}
