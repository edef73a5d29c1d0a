"""What awards ask of the viewer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from confsys.awards.models import Award, Juror
from confsys.awards.states import AwardState
from confsys.core.db import db
from confsys.core.viewer import Viewer


def to_vote(viewer: Viewer, at: datetime) -> list[Award]:
    """Awards whose jury votes now and of which the viewer has cast no ballot."""
    if not viewer.signed_in:
        return []
    query = (
        select(Award)
        .join(Juror, Juror.award_id == Award.id)
        .where(
            Juror.person_id == viewer.person_id, Juror.voted_at.is_(None), Award.state == AwardState.JUDGING,
            or_(Award.judge_until.is_(None), Award.judge_until >= at),
        )
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Award.judge_until, Award.id)))
