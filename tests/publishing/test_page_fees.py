"""A paper over its page budget is ready when the extra pages are paid, given, or gone."""

from __future__ import annotations

import pytest
from flask import Flask

from confsys.core import clock
from confsys.core.actor import SYSTEM, Actor
from confsys.core.errors import Invalid
from confsys.core.operation import transaction
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.payments.operations import orders
from confsys.payments.operations.orders import complete
from confsys.publishing.models import CameraReady
from confsys.publishing.operations import fees
from confsys.publishing.queries import fees as read
from confsys.publishing.queries import finals
from confsys.publishing.states import CameraReadyState, Step
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.publishing import papers


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am26")
    factories.stage(made, StageKind.CAMERA_READY)
    return made


@pytest.fixture
def paper(event: Event) -> Submission:
    """Two pages, all but the fee done."""
    return papers.ready(event, presentation="oral")


def budget(event: Event, **kinds: tuple[int, int, int]) -> None:
    wanted = {kind.removeprefix("any"): row for kind, row in kinds.items()}
    fees.set_budgets(event, wanted, actor=SYSTEM, at=clock.now())


def row_of(paper: Submission) -> CameraReady:
    return factories.refreshed(finals.of_paper(paper))


def order(paper: Submission) -> object:
    author = Actor(paper.authors[0].person_id)
    return fees.order_pages(row_of(paper), paper, actor=author, at=clock.now())


def test_paid_pages_make_it_ready(event: Event, paper: Submission) -> None:
    assert row_of(paper).state is CameraReadyState.READY
    budget(event, any=(1, 4, 20000))
    assert (row_of(paper).state, finals.lacking(row_of(paper), paper)) == (CameraReadyState.WAITING, (Step.FEE,))
    placed = order(paper)
    assert (placed.total, placed.lines[0].quantity) == (20000, 1)
    assert order(paper).id == placed.id
    with transaction():
        complete(placed, actor=SYSTEM, at=clock.now())
    assert row_of(paper).state is CameraReadyState.READY
    with pytest.raises(Invalid, match="nothing to pay"):
        order(paper)


def test_an_order_given_up_leaves_the_fee_open(event: Event, paper: Submission) -> None:
    budget(event, any=(1, 4, 20000))
    placed = order(paper)
    orders.cancel(placed, actor=SYSTEM, at=clock.now())
    assert row_of(paper).state is CameraReadyState.WAITING
    assert order(paper).id != placed.id


def test_each_kind_has_its_own_and_too_long_is_not_sold(event: Event, paper: Submission) -> None:
    budget(event, any=(1, 4, 20000), oral=(2, 0, 0))
    assert row_of(paper).state is CameraReadyState.READY
    budget(event, oral=(1, 0, 500))
    length = read.length(row_of(paper), paper)
    assert (length.extra, length.too_long) == (1, True)
    with pytest.raises(Invalid, match="longer than can be bought"):
        order(paper)
    row = row_of(paper)
    with pytest.raises(Invalid, match="cost nothing"):
        fees.waive(row, "", version=row.version, actor=SYSTEM, at=clock.now())
    fees.waive(row, "An invited paper.", version=row.version, actor=SYSTEM, at=clock.now())
    assert row_of(paper).state is CameraReadyState.READY
    budget(event)
    assert read.budgets(event.id) == {}


def test_chair_and_author_on_their_pages(event: Event, paper: Submission, app: Flask) -> None:
    chair = factories.sign_in(app.test_client(), factories.grant(event, Role.PUBLICATION_CHAIR))
    here = "/events/am26/publishing/budget"
    assert "Pages included" in chair.get(here).text
    typed = {"rows-0-kind": "", "rows-0-pages": "1", "rows-0-most_extra": "2", "rows-0-fee": "150.50"}
    assert chair.post(here, data={**typed, "rows-0-pages": "many"}).status_code == 422
    assert chair.post(here, data=typed).status_code == 303
    assert read.budgets(event.id)[""].fee == 15050
    author = factories.sign_in(app.test_client(), paper.authors[0].person)
    final = f"/events/am26/papers/{paper.number}/camera-ready/"
    assert "still to be paid" in author.get(final).text
    answer = author.post(f"{final}pages")
    assert "/orders/" in answer.location
    desk = f"/events/am26/publishing/papers/{paper.number}"
    version = row_of(paper).version
    assert chair.post(f"{desk}/free-pages", data={"version": version, "reason": ""}).status_code == 422
    assert chair.post(f"{desk}/free-pages", data={"version": version, "reason": "Invited."}).status_code == 303
    assert "Invited." in author.get(final).text
    assert factories.refreshed(paper).state is SubmissionState.ACCEPTED
