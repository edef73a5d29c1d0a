"""This room's part of the reports: topics, which are public, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.events.options import options_of
from confsys.forum.models import TopicProposal
from confsys.forum.options import ForumOptions
from confsys.forum.queries import topics
from confsys.forum.states import TopicState
from confsys.forum.words import TOPIC_KINDS, TOPIC_STATES

COLUMNS: list[Col[TopicProposal]] = [
    Col("title", _l("Topic"), lambda t: t.title),
    Col("kind", _l("Kind"), lambda t: TOPIC_KINDS[t.kind]),
    Col("field", _l("Field"), lambda t: t.field),
    Col("state", _l("State"), lambda t: TOPIC_STATES[t.state][0]),
    Col("proposed", _l("Proposed"), lambda t: t.created_at, "date"),
    Col("support", _l("Votes"), lambda t: t.support, "number"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is None:
        found = topics.proposed_in(*span_of(scope))
    elif options_of(scope.page.event, ForumOptions).topics:
        found = topics.proposed_for(scope.page.event.id)
    else:
        return
    rows = Rows("topics", _l("Topics"), found, COLUMNS)
    yield ReportPart(
        "forum", _l("Topics"),
        [
            rows.count("forum.topics", _l("Topics proposed")),
            rows.count("forum.topics_selected", _l("Topics selected"), lambda t: t.state is TopicState.SELECTED),
            rows.total("forum.votes", _l("Votes"), "support"),
        ],
        order=58, rows=[rows.table()],
    )  # fmt: skip
