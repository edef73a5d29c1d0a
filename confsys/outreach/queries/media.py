"""What is shown of an activity beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from confsys.core.db import db
from confsys.outreach.models import Activity, OutreachMedium
from confsys.outreach.states import MediumKind


@dataclass(frozen=True, slots=True)
class Media:
    """Those of one activity by kind, in the order in which they came."""

    pictures: Sequence[OutreachMedium] = ()
    materials: Sequence[OutreachMedium] = ()
    links: Sequence[OutreachMedium] = ()

    @property
    def count(self) -> int:
        return len(self.pictures) + len(self.materials) + len(self.links)


def of_activity(activity: Activity) -> Media:
    """One query, the files with it."""
    query = select(OutreachMedium).where(OutreachMedium.activity_id == activity.id).order_by(OutreachMedium.id)
    rows = list(db.session.scalars(query))

    def of(kind: MediumKind) -> list[OutreachMedium]:
        return [row for row in rows if row.kind is kind]

    return Media(of(MediumKind.PICTURE), of(MediumKind.MATERIAL), of(MediumKind.LINK))


def medium_of(activity: Activity, medium_id: int) -> OutreachMedium | None:
    found = db.session.get(OutreachMedium, medium_id)
    return found if found is not None and found.activity_id == activity.id else None
