"""Pictures, materials and media links of an activity: put there by the office, taken away for good."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile, forget
from confsys.core.files.sniffing import IMAGES
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.operation import lock, operation
from confsys.outreach.models import Activity, OutreachMedium
from confsys.outreach.operations.duty import is_web_address
from confsys.outreach.states import MediumKind


@operation
def add_file(
    activity: Activity, stored: StoredFile, caption: LocalizedText, *, alt: LocalizedText = NO_TEXT,
    agreed: bool = False, actor: Actor, at: datetime,
) -> OutreachMedium:  # fmt: skip
    """Add a picture or a PDF; what it is was found by looking at its content."""
    picture = stored.media_type in IMAGES
    if not caption.en or not caption.zh:
        raise Invalid(caption=_l("Please write the caption in both languages."))
    if picture and (not alt.en or not alt.zh):
        raise Invalid(alt=_l("Please say in both languages what the picture shows, for those who do not see it."))
    if picture and not agreed:
        raise Invalid(agreed=_l("A picture can be shown once the people on it agree."))
    db.session.add(stored)
    db.session.flush()
    made = OutreachMedium(
        activity_id=activity.id, kind=MediumKind.PICTURE if picture else MediumKind.MATERIAL, caption=caption,
        alt=alt if picture else NO_TEXT, file_id=stored.id, agreed_at=at if picture else None, created_at=at,
        created_by_id=actor.person_id,
    )  # fmt: skip
    record("outreach.medium_added", made, actor=actor, at=at, changes={}, title=str(activity.title))
    return made


@operation
def add_link(
    activity: Activity, caption: LocalizedText, outlet: str, url: str, *, actor: Actor, at: datetime
) -> OutreachMedium:  # fmt: skip
    """Add what a newspaper, a station or a channel told of it."""
    if not caption:
        raise Invalid(title=_l("Please give the title in at least one language."))
    if not outlet:
        raise Invalid(outlet=_l("Please say where it appeared."))
    if not is_web_address(url):
        raise Invalid(url=_l("Please give an address that begins with https://."))
    made = OutreachMedium(
        activity_id=activity.id, kind=MediumKind.LINK, caption=caption, url=url, outlet=outlet, created_at=at,
        created_by_id=actor.person_id,
    )  # fmt: skip
    record("outreach.medium_added", made, actor=actor, at=at, changes={}, title=str(activity.title))
    return made


@operation
def remove(medium: OutreachMedium, activity: Activity, *, actor: Actor, at: datetime) -> None:
    """Take it away, and its content with it: somebody shown on a picture may have changed their mind."""
    lock(medium)
    stored = medium.file
    record("outreach.medium_removed", medium, actor=actor, at=at, changes={}, title=str(activity.title))
    db.session.delete(medium)
    db.session.flush()
    if stored is not None:
        forget(stored, actor=actor, at=at)
