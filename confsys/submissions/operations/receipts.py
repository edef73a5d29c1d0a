"""Mail to a paper's contacts, each in their own language. Written into the running operation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from confsys.core.mail import Recipient, post
from confsys.core.names import has_han
from confsys.submissions.models import Author, PaperFile, Submission
from confsys.submissions.states import FileKind
from confsys.submissions.wording import PART_WORDS


def contacts(paper: Submission) -> Iterator[tuple[Author, Recipient]]:
    """The contacts who can be written to. One without an account is written to as their name is written."""
    for author in paper.authors:
        if not author.is_contact or not author.email:
            continue
        locale = author.person.locale if author.person else ("zh" if has_han(author.native) else "en")
        yield author, Recipient(author.email, author.name.shown(locale), locale, author.person_id)


def current_file(paper: Submission, kind: FileKind = FileKind.MANUSCRIPT) -> PaperFile | None:
    """The version that counts: the highest number that was not withdrawn."""
    rows = [row for row in paper.files if row.kind is kind and not row.withdrawn]
    return max(rows, key=lambda row: row.number, default=None)


def send_receipt(paper: Submission, occasion: str, *, at: datetime) -> None:
    """``occasion``: received, withdrawn or revived; the mail repeats what was received, and when."""
    for _author, recipient in contacts(paper):
        post(
            f"submissions/mail/{occasion}.txt",
            recipient,
            key=f"submission-{occasion}:{paper.id}:{at:%Y%m%d%H%M%S}:{recipient.address}",
            at=at,
            event_id=paper.event_id,
            reply_to=paper.event.contact_email,
            paper=paper,
            event=paper.event,
            manuscript=current_file(paper),
        )


def send_correction(paper: Submission, parts: Sequence[str], *, at: datetime) -> None:
    """Tell the contacts what the organisers changed."""
    for _author, recipient in contacts(paper):
        post(
            "submissions/mail/corrected.txt",
            recipient,
            key=f"submission-corrected:{paper.id}:{paper.version}:{at:%Y%m%d%H%M%S}:{recipient.address}",
            at=at,
            event_id=paper.event_id,
            reply_to=paper.event.contact_email,
            paper=paper,
            event=paper.event,
            parts=[PART_WORDS[part] for part in parts],
        )
