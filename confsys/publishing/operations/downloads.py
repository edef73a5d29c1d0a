"""Counting what readers fetch: one sum a day, without a word about the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from confsys.core.db import db
from confsys.core.operation import operation
from confsys.publishing.models import DownloadCount

#: What programs that fetch by themselves call themselves.
_PROGRAMS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|archiv|harvest|monitor|preview|scrap|fetch|validator|headless|lighthouse"
    r"|curl|wget|python|java/|go-http|httpx|okhttp|libwww|perl|ruby|node",
    re.IGNORECASE,
)


def is_reader(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a person reads: not a program that names itself, not a later piece of a file that was counted."""
    agent, part = headers.get("User-Agent", ""), headers.get("Range", "")
    later = bool(part) and not part.replace(" ", "").startswith("bytes=0-")
    fetched_ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    return method == "GET" and bool(agent) and not later and not fetched_ahead and not _PROGRAMS.search(agent)


@operation
def count(volume_id: int, paper: int, *, at: datetime) -> None:
    """One more fetch today. No entry in the story: nothing was decided, and nobody is to be remembered."""
    insert = sqlite_insert if db.session.get_bind().dialect.name == "sqlite" else postgres_insert
    row = insert(DownloadCount).values(volume_id=volume_id, paper=paper, day=at.astimezone(UTC).date(), count=1)
    keys = [DownloadCount.volume_id, DownloadCount.paper, DownloadCount.day]
    db.session.execute(row.on_conflict_do_update(index_elements=keys, set_={"count": DownloadCount.count + 1}))
