"""This room's part of the reports: topics, ideas and needs, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.events.options import options_of
from confsys.forum.models import TopicProposal
from confsys.forum.options import ForumOptions
from confsys.forum.queries import topics
from confsys.forum.queries.gatherings import PublishedIdea, published_ideas
from confsys.forum.queries.needs import PostedNeed, posted_needs
from confsys.forum.rules.needs import runs
from confsys.forum.states import IdeaState, TopicState
from confsys.forum.words import IDEA_STATES, NEED_STATES, OUTCOMES, TOPIC_KINDS, TOPIC_STATES

COLUMNS: list[Col[TopicProposal]] = [
    Col("title", _l("Topic"), lambda t: t.title),
    Col("kind", _l("Kind"), lambda t: TOPIC_KINDS[t.kind]),
    Col("field", _l("Field"), lambda t: t.field),
    Col("state", _l("State"), lambda t: TOPIC_STATES[t.state][0]),
    Col("proposed", _l("Proposed"), lambda t: t.created_at, "date"),
    Col("support", _l("Votes"), lambda t: t.support, "number"),
]


NEED_COLUMNS: list[Col[PostedNeed]] = [
    Col("title", _l("Need"), lambda n: n.title),
    Col("field", _l("Field"), lambda n: n.field),
    Col("state", _l("State"), lambda n: NEED_STATES[n.state][0]),
    Col("asked", _l("Experts asked"), lambda n: n.asked, "number"),
    Col("agreed", _l("Matches agreed"), lambda n: n.agreed, "number"),
    Col("outcome", _l("What came of it"), lambda n: OUTCOMES[n.outcome] if n.outcome else ""),
]
IDEA_COLUMNS: list[Col[PublishedIdea]] = [
    Col("title", _l("Idea"), lambda i: i.title),
    Col("state", _l("State"), lambda i: IDEA_STATES[i.state][0]),
    Col("outcome", _l("What became of it"), lambda i: i.outcome),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    yield from _topics(scope)
    yield from _ideas(scope)
    if scope.page is not None and options_of(scope.page.event, ForumOptions).needs and runs(scope.page.standing):
        rows = Rows("needs", _l("Needs"), posted_needs(scope.page.event.id), NEED_COLUMNS)
        yield ReportPart(
            "needs", _l("Needs of companies"),
            [
                rows.count("forum.needs", _l("Needs posted")),
                rows.count("forum.needs_matched", _l("Needs with a match"), lambda n: n.agreed > 0),
                rows.count("forum.needs_solved", _l("Needs from which something came"), lambda n: n.came_to_something),
            ],
            order=59, rows=[rows.table()],
        )  # fmt: skip


def _ideas(scope: ReportScope) -> Iterable[ReportPart]:
    """Ideas of published minutes: public, with what became of them."""
    if scope.page is not None and not options_of(scope.page.event, ForumOptions).gathers:
        return
    found = published_ideas(scope.page.event.id) if scope.page else published_ideas(span=span_of(scope))
    rows = Rows("ideas", _l("Ideas"), found, IDEA_COLUMNS)
    yield ReportPart(
        "ideas", _l("Ideas of salons and round tables"),
        [
            rows.count("forum.ideas", _l("Ideas published")),
            rows.count("forum.ideas_taken", _l("Ideas taken up"), lambda i: i.state is not IdeaState.OPEN),
            rows.count("forum.ideas_done", _l("Ideas done"), lambda i: i.state is IdeaState.DONE),
        ],
        order=59, rows=[rows.table()],
    )  # fmt: skip


def _topics(scope: ReportScope) -> Iterable[ReportPart]:
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
