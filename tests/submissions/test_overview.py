"""The organiser's overview: papers in figures, each opening its list."""

from flask import Flask

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.events.states import Role
from confsys.submissions import operations
from confsys.submissions.queries.figures import by_state
from confsys.submissions.states import ConflictKind, ConflictSource, SubmissionState
from tests import factories
from tests.submissions import desk


def test_papers_are_counted_by_state_without_drafts_and_without_barred_ones(app: Flask) -> None:
    event = desk.open_call()
    chair = factories.grant(event, Role.CHAIR)
    one, _two, barred = (desk.submitted(event, factories.person()) for _ in range(3))
    desk.started(event, factories.person())
    operations.record_outcome(one, SubmissionState.ACCEPTED, actor=SYSTEM, at=clock.now())
    operations.declare(barred, chair, ConflictKind.OTHER, ConflictSource.CHAIR, actor=SYSTEM, at=clock.now())
    assert by_state(desk.standing(event, chair)) == {SubmissionState.SUBMITTED: 1, SubmissionState.ACCEPTED: 1}
    assert by_state(desk.standing(event, factories.grant(event, Role.REVIEWER))) == {}


def test_every_figure_opens_its_list(app: Flask) -> None:
    event = desk.open_call()
    desk.submitted(event, factories.person())
    client = factories.sign_in(app.test_client(), factories.grant(event, Role.ORGANISER))
    page = client.get(f"/events/{event.slug}/organise").text
    assert f"/events/{event.slug}/papers?q=state:submitted" in page.replace("%3A", ":")
