"""Messages of this room."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from confsys.accounts.models import Person
from confsys.core.mail import Recipient, post
from confsys.events.models import Event, RoleGrant
from confsys.events.words import ROLE_SENTENCES, ROLES

#: An invitation carries a link that acts for its reader: no organiser reads it in the event's outbox.
SCOPE = "account"


def invitation_mail(
    event: Event, grant: RoleGrant, token: str, *, inviter: Person | None, locale: str, at: datetime
) -> None:
    """Ask somebody to take a role. Answers go to the event's address."""
    base = current_app.extensions["settings"].base_url
    post(
        "events/mail/invitation.txt", Recipient(grant.address, grant.name, locale, grant.person_id),
        key=f"events.invitation:{grant.token_hash}", at=at, event_id=event.id, scope=SCOPE,
        reply_to=event.contact_email, event=event, role=ROLES[grant.role], sentence=ROLE_SENTENCES[grant.role],
        message=grant.message, expires=grant.expires_at, inviter=inviter.name if inviter else None,
        link=f"{base}/invitations/{token}",
    )  # fmt: skip
