"""The room's pages as people see them, and what each may not see."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Publication
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.models import Assignment, AssignmentRun, Bid
from confsys.reviewing.operations import runs
from confsys.reviewing.states import AssignmentState, BidValue, Outcome, ReviewState
from confsys.submissions.models import Conflict
from confsys.submissions.states import ConflictKind
from tests import factories
from tests.conftest import QueryCounter
from tests.reviewing import make

SENTINEL = "Zyxwvut"


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am")
    for kind in (StageKind.BIDDING, StageKind.REVIEW, StageKind.CAMERA_READY):
        factories.stage(made, kind)
    make.form(made)
    return made


def see(client: FlaskClient, someone, address: str, status: int = 200, **how: object) -> str:
    factories.sign_in(client, someone)
    answer = client.get(address, **how)
    assert answer.status_code == status, address
    return answer.data.decode(errors="replace")


CHAIR_PAGES = [
    "/review", "/review?format=csv", "/review?q=spread:>=5", "/review?q=reviews:missing+decision:none",
    "/review?sort=-mean",
    "/review/committee", "/review/committee?format=xlsx", "/review/conflicts", "/review/conflicts?q=work:assigned",
    "/review/runs", "/review/bids-that-stand-out",
    "/review/letters", "/review/letters/accept/en", "/review/letters/reject/zh", "/review/late",
    "/review/settings",
]  # fmt: skip
REVIEWER_PAGES = ["/reviews", "/reviews/profile", "/reviews/bids", "/reviews/bids?format=csv"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_drawn_in_both_languages(event: Event, client: FlaskClient, language: str) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    paper = factories.submission(event)
    make.reviewed(paper, reviewer)
    make.assignment(paper, make.reviewer(event), AssignmentState.PROPOSED)
    make.decision(paper)
    make.conflict(factories.submission(event), reviewer)
    run = runs.ask(event, Parameters(coverage=1), actor=Actor(chair.id), at=clock.now())
    waiting = f"/events/am/review/runs/{run.id}"
    header = {"Accept-Language": language}
    see(client, chair, waiting, headers=header)
    queue.drain()
    number = paper.number
    of_paper = [f"/review/papers/{number}", f"/review/papers/{number}/assign", f"/review/committee/{reviewer.id}"]
    for address in [*CHAIR_PAGES, *of_paper, f"/review/runs/{run.id}"]:
        see(client, chair, f"/events/am{address}", headers=header)
    for address in [*REVIEWER_PAGES, f"/reviews/{number}"]:
        see(client, reviewer, f"/events/am{address}", headers=header)
    see(client, chair, "/home", headers=header)
    see(client, reviewer, "/home", headers=header)


def test_nobody_else_opens_a_chairs_page(event: Event, client: FlaskClient) -> None:
    paper = factories.submission(event)
    elsewhere = factories.grant(factories.event(), Role.CHAIR)
    for stranger in (make.reviewer(event), factories.person(), paper.authors[0].person, elsewhere):
        for address in [*CHAIR_PAGES, f"/review/papers/{paper.number}"]:
            see(client, stranger, f"/events/am{address}", 404)


def test_a_conflicted_chair_meets_the_paper_nowhere(event: Event, client: FlaskClient) -> None:
    chair, other = factories.grant(event, Role.CHAIR), factories.grant(event, Role.CHAIR)
    reviewer = make.reviewer(event)
    hidden = factories.submission(event, title=LocalizedText(SENTINEL, SENTINEL))
    make.conflict(hidden, chair)
    make.reviewed(hidden, reviewer)
    make.assignment(hidden, make.reviewer(event))
    make.decision(hidden)
    run = runs.ask(event, Parameters(coverage=2), actor=Actor(other.id), at=clock.now())
    queue.drain()
    pages = [
        *CHAIR_PAGES,
        f"/review/committee/{reviewer.id}",
        f"/review/runs/{run.id}",
        f"/review?q={SENTINEL}&format=csv",
    ]
    for address in pages:
        assert SENTINEL not in see(client, chair, f"/events/am{address}").replace(f"q={SENTINEL}", "").replace(
            f'value="{SENTINEL}"', ""
        )
    for address in (f"/review/papers/{hidden.number}", f"/review/papers/{hidden.number}/assign"):
        see(client, chair, f"/events/am{address}", 404)
        see(client, other, f"/events/am{address}")
    assert SENTINEL in see(client, other, "/events/am/review")
    board = see(client, chair, "/events/am/review?format=csv")
    assert len(board.strip().splitlines()) == 1


def test_no_page_export_or_header_of_a_reviewer_names_an_author(event: Event, client: FlaskClient) -> None:
    author = factories.person(given=SENTINEL, family="Qponm", email="sentinel@qponm.example.org")
    paper, other = factories.submission(event, author), factories.submission(event, author)
    reviewer, peer = make.reviewer(event), make.reviewer(event)
    make.reviewed(paper, reviewer)
    make.reviewed(paper, peer)
    make.assignment(other, reviewer)
    factories.sign_in(client, reviewer)
    pages = [*REVIEWER_PAGES, f"/reviews/{paper.number}", f"/reviews/{other.number}", f"/reviews/bids?q={SENTINEL}"]
    for address in [*(f"/events/am{page}" for page in pages), "/home"]:
        answer = client.get(address)
        assert answer.status_code == 200
        text = answer.text.replace(f"q={SENTINEL}", "").replace(f'value="{SENTINEL}"', "")
        for trace in (SENTINEL, "Qponm", "sentinel@"):
            assert trace not in text, address
            assert trace not in str(answer.headers), address
    assert "Peers only." in client.get(f"/events/am/reviews/{paper.number}").text


def test_reviewers_do_not_learn_each_others_names(event: Event, client: FlaskClient) -> None:
    paper = factories.submission(event)
    reviewer, peer = make.reviewer(event), factories.person(given=SENTINEL)
    make.reviewer(event, peer)
    make.reviewed(paper, reviewer)
    make.reviewed(paper, peer)
    assert SENTINEL not in see(client, reviewer, f"/events/am/reviews/{paper.number}")


def test_an_unreleased_paper_is_not_there_for_its_reviewer(event: Event, client: FlaskClient) -> None:
    paper, reviewer = factories.submission(event), make.reviewer(event)
    make.assignment(paper, reviewer, AssignmentState.PROPOSED)
    assert paper.title.en not in see(client, reviewer, "/events/am/reviews")
    see(client, reviewer, f"/events/am/reviews/{paper.number}", 404)
    assert paper.title.en not in see(client, reviewer, "/home")


def test_a_review_is_drafted_saved_by_the_script_and_submitted(event: Event, client: FlaskClient) -> None:
    paper, reviewer = factories.submission(event), make.reviewer(event)
    row = make.assignment(paper, reviewer)
    factories.sign_in(client, reviewer)
    address = f"/events/am/reviews/{paper.number}"
    saved = client.post(f"{address}/draft", data={"version": "0", "own-text": "Half a"}).get_json()
    assert saved["version"] == 1
    stale = client.post(f"{address}/draft", data={"version": "0", "own-text": "Other tab"})
    assert stale.status_code == 409
    incomplete = client.post(address, data={"version": "1", "own-text": "Whole words", "action": "submit"})
    assert incomplete.status_code == 422
    assert "Whole words" in incomplete.text
    whole = {"version": "2", "own-text": "Whole words", "own-rating": "6", "own-confidence": "2", "action": "submit"}
    assert client.post(address, data=whole).status_code == 303
    assert factories.refreshed(row).review.state is ReviewState.SUBMITTED
    late = client.post(f"{address}/draft", data={"version": "3", "own-text": "x"})
    assert late.status_code == 409
    stale = client.post(address, data={**whole, "version": "1", "own-text": "Typed in vain"})
    assert stale.status_code == 409
    assert "Typed in vain" in stale.text


def test_an_author_reads_the_decision_only_when_it_is_released(event: Event, client: FlaskClient) -> None:
    author = factories.person()
    paper = factories.submission(event, author)
    reviewer = factories.person(given=SENTINEL)
    make.reviewer(event, reviewer)
    make.reviewed(paper, reviewer)
    made = make.decision(paper, Outcome.ACCEPT, comment="Bravissimo", note="barely")
    address = f"/events/am/papers/{paper.number}/decision"
    see(client, author, address, 404)
    made.told, made.released_at = made.content, clock.now()
    factories.saved(made)
    text = see(client, author, address)
    assert "Bravissimo" in text
    assert "Sound work." in text
    for hidden in (SENTINEL, "barely", "Chairs only.", "Peers only."):
        assert hidden not in text
    see(client, factories.person(), address, 404)
    assert address in see(client, author, "/home")


def test_bids_work_without_a_script(event: Event, client: FlaskClient) -> None:
    reviewer, paper = make.reviewer(event), factories.submission(event, title=LocalizedText(SENTINEL))
    factories.sign_in(client, reviewer)
    answer = client.post("/events/am/reviews/bids", data={f"bid-{paper.number}": "want", "bid-999": "want"})
    assert answer.status_code == 303
    assert 'value="want" checked' in client.get("/events/am/reviews/bids").text
    quick = client.post(
        "/events/am/reviews/bids", data={f"bid-{paper.number}": ""}, headers={"Accept": "application/json"}
    )
    assert quick.get_json()["saved"]
    assert client.post("/events/am/reviews/conflicts", data={"number": paper.number}).status_code == 303
    text = client.get("/events/am/reviews/bids").text
    assert paper.title.en not in text
    assert f"Paper {paper.number}" in text
    assert SENTINEL not in text


def test_a_chair_assigns_decides_and_releases_on_pages(event: Event, client: FlaskClient) -> None:
    chair, reviewer = factories.grant(event, Role.CHAIR), make.reviewer(event)
    paper = factories.submission(event)
    factories.sign_in(client, chair)
    of_paper = f"/events/am/review/papers/{paper.number}"
    assert client.post(f"{of_paper}/assign", data={"person": reviewer.id}).status_code == 303
    assert client.post("/events/am/review/release").status_code == 303
    see(client, reviewer, f"/events/am/reviews/{paper.number}")
    factories.sign_in(client, chair)
    shown = client.post("/events/am/review/late", data={"selected": reviewer.id, "action": "preview"})
    assert paper.title.en in shown.text
    assert client.post("/events/am/review/late", data={"selected": reviewer.id, "action": "send"}).status_code == 303
    assert client.post(f"{of_paper}/decision", data={"outcome": "accept", "version": "0"}).status_code == 303
    assert client.post(f"{of_paper}/decision", data={"outcome": "reject", "version": "0"}).status_code == 409
    bulk = {"action": "accept:poster", "selected": paper.id}
    assert client.post("/events/am/review/decide", data=bulk).status_code == 303
    assert paper.title.en in client.get("/events/am/review/letters").text
    assert client.post("/events/am/review/letters", data={"letters": "1"}).status_code == 303
    see(client, paper.authors[0].person, f"/events/am/papers/{paper.number}/decision")


def count(queries: QueryCounter, client: FlaskClient, address: str) -> int:
    client.get(address)  # the first visit of a session also notes that it began
    with queries:
        assert client.get(address).status_code == 200
    return queries.count


LISTS = ["/review", "/review?format=csv", "/review/committee", "/review/conflicts", "/review/late", "/review/letters"]


@pytest.mark.parametrize("address", [*LISTS, "/reviews", "/reviews/bids"])
def test_the_number_of_queries_does_not_grow(
    event: Event, client: FlaskClient, queries: QueryCounter, address: str
) -> None:
    both = factories.grant(event, Role.CHAIR)
    make.reviewer(event, both)
    factories.sign_in(client, both)

    def another() -> None:
        paper, reviewer = factories.submission(event), make.reviewer(event)
        make.reviewed(paper, reviewer)
        make.assignment(factories.submission(event), both)
        make.assignment(paper, make.reviewer(event))
        make.decision(paper)
        make.conflict(paper, reviewer)

    another()
    one = count(queries, client, f"/events/am{address}")
    another()
    another()
    assert count(queries, client, f"/events/am{address}") == one


def test_after_a_refusal_somebody_else_is_one_click_away(event: Event, client: FlaskClient) -> None:
    chair = factories.grant(event, Role.CHAIR)
    paper = factories.submission(event)
    gone, full, barred, able = (make.reviewer(event, load_max=load) for load in (None, 0, None, None))
    make.conflict(paper, barred)
    address = f"/events/am/review/papers/{paper.number}"
    assert "stand-ins" not in see(client, chair, address)
    make.assignment(paper, gone, AssignmentState.DECLINED, declined_at=clock.now(), decline_reason="No time.")
    text = see(client, chair, address).partition('id="stand-ins"')[2]
    assert f'value="{able.id}"' in text
    for other in (gone, full, barred):
        assert f'value="{other.id}"' not in text
    client.post(address + "/assign", data={"person": able.id, "next": address})
    given = db.session.scalars(select(Assignment).where(Assignment.person_id == able.id)).one()
    assert given.state is AssignmentState.PROPOSED
    assert "stand-ins" not in see(client, chair, address)


@pytest.mark.parametrize("count", [1, 3])
def test_a_paper_with_its_reviews_takes_few_queries(
    event: Event, client: FlaskClient, queries: QueryCounter, count: int
) -> None:
    chair = factories.grant(event, Role.CHAIR)
    paper = factories.submission(event)
    for _ in range(count):
        make.reviewed(paper, make.reviewer(event))
    address = f"/events/am/review/papers/{paper.number}"
    see(client, chair, address)
    with queries:
        see(client, chair, address)
    assert queries.count <= 26  # a good part of them is the frame: navigation of every room


def test_bids_that_stand_out_are_for_who_steers(event: Event, client: FlaskClient) -> None:
    chair = factories.grant(event, Role.CHAIR)
    friends = [make.reviewer(event), make.reviewer(event)]
    papers = [factories.submission(event, each) for each in friends]
    for _ in range(30):
        factories.submission(event)
    for paper, other in zip(papers, reversed(friends), strict=True):
        factories.saved(Bid(submission_id=paper.id, person_id=other.id, value=BidValue.WANT, at=clock.now()))
    address = "/events/am/review/bids-that-stand-out"
    text = see(client, chair, address)
    assert all(f"#{paper.number} " in text for paper in papers)
    assert all(each.name.both in text for each in friends)
    see(client, friends[0], address, 404)
    make.conflict(papers[0], chair)
    assert f"#{papers[0].number} " not in see(client, chair, address)


def test_a_chair_chooses_what_is_best_and_which_rules_hold(event: Event, client: FlaskClient) -> None:
    chair = factories.grant(event, Role.CHAIR)
    see(client, chair, "/events/am/review/runs")
    wanted = {"coverage": 2, "load": 3, "text": 50, "topics": 20, "bids": 30}
    assert client.post("/events/am/review/runs", data=wanted).status_code == 422
    chosen = {**wanted, "objective": "leximin", "seniors": "1", "no_returns": "1"}
    make.reviewer(event)
    assert client.post("/events/am/review/runs", data=chosen).status_code == 303
    run = db.session.scalars(select(AssignmentRun)).one()
    kept = Parameters.of(run.parameters)
    assert (kept.objective, kept.seniors, kept.no_returns, kept.one_organisation) == ("leximin", 1, True, False)


def test_the_chair_says_how_long_a_tie_counts(event: Event, client: FlaskClient) -> None:
    """A joint paper of four years ago is a conflict only where the event looks back that far."""
    chair, reviewer, author = factories.grant(event, Role.CHAIR), make.reviewer(event), factories.person()
    paper = factories.submission(event, author)
    for someone in (author, reviewer):
        joint = {"title": "Joint", "year": clock.now().year - 4, "fingerprint": "f" * 64}
        factories.saved(Publication(person_id=someone.id, **joint))

    def kinds() -> list[ConflictKind]:
        return list(db.session.scalars(select(Conflict.kind).where(Conflict.submission_id == paper.id)))

    rules = {"coverage": "3", "load": "6", "share_reviews": "y"}
    for years, found in (("5", [ConflictKind.COAUTHOR]), ("2", [])):
        factories.sign_in(client, chair)
        version = str(factories.refreshed(event).version)
        given = {**rules, "conflict_years": years, "version": version}
        assert client.post("/events/am/review/settings", data=given).status_code == 303
        assert kinds() == found
    assert 'value="2"' in see(client, chair, "/events/am/review/settings")
