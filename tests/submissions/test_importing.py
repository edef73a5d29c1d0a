"""Importing papers: by row, all or nothing, without a word to anybody."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.events.models import Event, FormField, RoleGrant, Topic
from confsys.events.states import FormKind, Role
from confsys.reviewing.models import Assignment, Decision, Review
from confsys.submissions.commands import import_group
from confsys.submissions.importing import extras
from confsys.submissions.importing.reading import read
from confsys.submissions.models import Author, Conflict, Submission
from confsys.submissions.operations.importing import ImportRefused, import_papers
from confsys.submissions.states import ConflictKind, SubmissionState
from tests import factories
from tests.shared import shared
from tests.submissions import desk

ICLR = "data/conferences/iclr2017.json"
CSV = """id,title,题目,abstract,keywords,authors,track,topics,decision
a1,On Order,论秩序,It is.,order; 秩序,Mei Lin <mei@example.org> (Example University); 张伟 (Wei Zhang),ML,Logic,Oral
a2,,只有中文题目,,,李娜 <li@example.org>,ml,,Reject
"""


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("imported")
    factories.track(made, "ML")
    factories.saved(Topic(event_id=made.id, name=LocalizedText("Logic", "逻辑")))
    return factories.refreshed(made)


def taken(event: Event, data: str | bytes, *, name: str = "x.csv", wanted: tuple[str, ...] = (), **values):
    raw = data.encode() if isinstance(data, str) else data
    return import_papers(
        event, read(raw, name), extras=extras.chosen(wanted), actor=SYSTEM, at=clock.now(), **values
    )  # fmt: skip


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def problems(event: Event, data: str | bytes, *, name: str = "x.csv", wanted: tuple[str, ...] = ()) -> dict[int, str]:
    with pytest.raises(ImportRefused) as refusal:
        taken(event, data, name=name, wanted=wanted)
    assert count(Submission) == 0
    return {problem.row: str(problem.text) for problem in refusal.value.problems if not problem.warning}


def test_a_table_becomes_papers_with_authors_track_and_topics(event: Event) -> None:
    done = taken(event, CSV)
    assert (done.papers, done.authors) == (2, 3)
    one, two = db.session.scalars(select(Submission).order_by(Submission.number))
    assert one.title == LocalizedText("On Order", "论秩序")
    assert one.keywords == {"en": ["order"], "zh": ["秩序"]}
    assert [author.name.both for author in one.authors] == ["Mei Lin", "张伟 (Wei Zhang)"]
    assert (one.authors[0].email, one.authors[0].affiliation.en) == ("mei@example.org", "Example University")
    assert one.authors[0].is_contact
    assert one.track.code == "ML"
    assert one.topics[0].name.en == "Logic"
    assert (one.state, one.submitted_at) == (SubmissionState.SUBMITTED, clock.now())
    assert two.title == LocalizedText("", "只有中文题目")
    assert "mei lin" in one.search_text
    assert count(MailMessage) == 0


def test_receipts_go_out_only_when_asked_for(event: Event) -> None:
    taken(event, CSV, notify=True)
    assert {row.to_address for row in db.session.scalars(select(MailMessage))} == {"mei@example.org", "li@example.org"}


def test_every_row_with_an_error_is_named_and_nothing_is_kept(event: Event) -> None:
    table = (
        "title,authors,track,topics\nGood,Mei Lin,ML,\n,Mei Lin,ML,\nBad track,Mei Lin,XX,\n"
        "Bad topic,Mei Lin,,Cooking\n"
        "Good,Jan Berg,,\nBad address,Jan Berg <jan@nowhere>,,\n"
    )
    found = problems(event, table)
    assert set(found) == {3, 4, 5, 6}
    assert found[3] == "The title is missing."
    assert found[4] == "The event has no track “XX”."
    assert found[5] == "The event has no topic “Cooking”."
    assert found[6] == "Row 2 has the same title."


def test_a_file_imported_twice_is_refused(event: Event) -> None:
    taken(event, CSV)
    with pytest.raises(ImportRefused) as refusal:
        taken(event, CSV)
    assert "number 1" in str(refusal.value.problems[0].text)
    assert count(Submission) == 2


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "x.csv", "headings"),
        (b"a,b\n1,2", "x.csv", "headings"),
        (b"title\n", "x.csv", "no papers"),
        (b"{", "x.json", "cannot be read"),
        (b"{}", "x.json", "list of papers"),
        (b"[]", "x.json", "no papers"),
        (b"%PDF-1.4\0\0\0", "x.csv", "neither"),
        (b"[1, 2]", "x.json", "not written"),
    ],
)
def test_what_is_no_table_is_refused_in_words(event: Event, data: bytes, name: str, sentence: str) -> None:
    assert any(sentence in text for text in problems(event, data, name=name).values())


def test_chinese_spreadsheets_are_read_in_their_own_encoding(event: Event) -> None:
    taken(event, "题目,作者\n论秩序,张伟 <zhang@example.org>\n".encode("gb18030"))
    assert db.session.scalars(select(Submission)).one().title.zh == "论秩序"


def as_json(**paper) -> str:
    filled = {"id": "p", "title": "T", "abstract": "", "keywords": [], "authors": [{"name": "Mei Lin"}], **paper}
    return json.dumps({"papers": [filled]})


def test_an_author_is_linked_to_the_account_of_their_address(event: Event) -> None:
    known = factories.person(email="mei@example.org")
    taken(event, as_json(authors=[{"given": "Mei", "family": "Lin", "email": "MEI@example.org"}]), name="x.json")
    assert db.session.scalars(select(Author)).one().person_id == known.id


def test_domains_become_places_of_work_and_no_address_is_made_up(event: Event) -> None:
    authors = [{"name": "A B", "email_domain": "cs.uni-a.edu"}, {"name": "C D", "email_domain": "gmail.com"}]
    taken(event, as_json(authors=authors), name="x.json")
    one, two = db.session.scalars(select(Author).order_by(Author.position))
    assert one.organisation.domains == ["cs.uni-a.edu"]
    assert one.organisation.parent_id is not None
    assert (one.email, two.email, two.organisation_id) == ("", "", None)


def test_reviews_make_the_form_they_need(event: Event) -> None:
    reviews = [
        {"title": "Good", "text": "I like it.", "rating": 7, "confidence": 4},
        {"title": "", "text": "I do not.", "rating": 3, "confidence": None},
    ]
    done = taken(event, as_json(reviews=reviews), name="x.json", wanted=("reviews",))
    assert done.made == {"reviews": 2}
    fields = db.session.scalars(select(FormField).where(FormField.form == FormKind.REVIEW)).all()
    assert {(row.lowest, row.highest) for row in fields if row.is_overall} == {(1, 10)}
    assert [row.overall for row in db.session.scalars(select(Review).order_by(Review.id))] == [7, 3]
    assert count(Assignment) == 2


def test_a_score_off_its_scale_stops_the_import(event: Event) -> None:
    data = as_json(reviews=[{"text": "x", "rating": 11, "confidence": 1}])
    assert "from 1 to 10" in problems(event, data, name="x.json", wanted=("reviews",))[1]


@pytest.mark.parametrize(
    ("given", "state", "presentation"),
    [
        ({"decision": "Oral", "accepted": True}, "accepted", "oral"),
        ({"decision": "Workshop", "accepted": False}, "rejected", ""),
        ({"decision": "Accept"}, "accepted", ""),
        ({"decision": "Poster"}, "accepted", "poster"),
        ({"decision": "拒稿"}, "rejected", ""),
        ({}, "submitted", ""),
    ],
)
def test_decisions_are_taken_as_released(event: Event, given: dict, state: str, presentation: str) -> None:
    taken(event, as_json(**given), name="x.json", wanted=("decisions",))
    paper = db.session.scalars(select(Submission)).one()
    assert (paper.state.value, paper.presentation) == (state, presentation)
    assert count(MailMessage) == 0


def test_authors_become_reviewers_who_cannot_review_themselves(event: Event) -> None:
    papers = [
        {
            "title": "One",
            "authors": [{"name": "A B", "email_domain": "x.edu"}, {"name": "C D", "email_domain": "y.edu"}],
        },
        {"title": "Two", "authors": [{"name": "A B", "email_domain": "z.edu"}]},
        {"title": "Three", "authors": [{"name": "E F", "email_domain": "lab.x.edu"}]},
    ]
    done = taken(event, json.dumps({"papers": papers}), name="x.json", wanted=("reviewers",))
    assert done.made == {"reviewers": 3}
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.REVIEWER)).all()
    assert all(row.address.endswith("@imported.invalid") for row in grants)
    by_title = {row.title.en: row for row in db.session.scalars(select(Submission))}
    kinds = {
        (row.submission_id, row.person_id): row.kind
        for row in db.session.scalars(select(Conflict).order_by(Conflict.id))
    }
    first = by_title["One"].authors[0]
    assert by_title["Two"].authors[0].person_id == first.person_id
    own = [row for row in db.session.scalars(select(Conflict)) if row.kind is ConflictKind.AUTHOR]
    assert {(row.submission_id, row.person_id) for row in own} >= {
        (by_title["Two"].id, first.person_id), (by_title["One"].id, first.person_id),
    }  # fmt: skip
    assert (by_title["Three"].id, first.person_id) in kinds


def run(*arguments: str):
    return CliRunner().invoke(import_group, ["papers", *arguments])


def test_the_command_tries_first_and_writes_when_told(event: Event, tmp_path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text(CSV)
    tried = run("imported", str(path), "--with-decisions")
    assert tried.exit_code == 0, tried.output
    assert "Would import: 2 papers, 3 authors, 2 decisions." in tried.output
    assert count(Submission) == 0
    done = run("imported", str(path), "--with-decisions", "--apply")
    assert "Imported: 2 papers" in done.output
    assert count(Decision) == 2
    again = run("imported", str(path), "--apply")
    assert again.exit_code == 1
    assert "error: row 2: A paper of this title is there already: number 1." in again.output
    assert "Nothing was imported." in again.output
    assert run("nowhere", str(path)).exit_code == 1


def test_a_web_page_shows_what_it_would_do_and_then_does_it(app: Flask, event: Event) -> None:
    client = factories.sign_in(app.test_client(), factories.grant(event, Role.ORGANISER))
    base = f"/events/{event.slug}/papers/import"
    template = client.get(f"{base}/template.csv")
    assert read(template.data, "x.csv").papers[0].authors[1].name.native == "张伟"
    assert client.post(base).status_code == 422
    bad = client.post(base, data={"file": (io.BytesIO(b"title,track\nX,none\n"), "p.csv")})
    page = client.get(bad.location)
    assert "Row 2: The event has no track “none”." in page.text
    assert "Import all papers" not in page.text
    assert client.post(bad.location).status_code == 422
    good = client.post(base, data={"file": (io.BytesIO(CSV.encode()), "p.csv")})
    page = client.get(good.location)
    assert "On Order" in page.text
    assert count(Submission) == 0
    other = factories.sign_in(app.test_client(), factories.grant(event, Role.CHAIR))
    assert other.get(good.location).status_code == 404
    done = client.post(good.location, data={"with": ["decisions"]})
    assert done.status_code == 303
    assert "2 papers were imported" in client.get(done.location).text
    assert count(Decision) == 2


def test_the_whole_of_a_real_conference_comes_in_and_nobody_hears_of_it(app: Flask) -> None:
    event = factories.event("iclr")
    raw = shared(ICLR).read_bytes()
    done = taken(event, raw, name="iclr2017.json", wanted=("reviews", "decisions", "reviewers"))
    assert (done.papers, done.made["reviews"], done.made["decisions"]) == (490, 1511, 490)
    states = dict(db.session.execute(select(Submission.state, func.count()).group_by(Submission.state)).all())
    assert states == {SubmissionState.ACCEPTED: 198, SubmissionState.REJECTED: 292}
    assert db.session.scalar(select(func.count()).where(Review.confidence.is_(None))) == 13
    assert count(MailMessage) == 0
    assert {row.row for row in done.warnings} == {303}
    without = select(func.count()).select_from(Author).where(Author.person_id.is_(None))
    assert db.session.scalar(without) == 0


def test_an_import_asks_the_same_questions_whatever_its_length(app: Flask, queries) -> None:
    event = desk.open_call()
    taken(event, as_json(), name="x.json")
    counts = []
    for papers in (1, 3):
        rows = [{"title": f"{papers}-{n}", "authors": [{"name": f"A{n} B"}]} for n in range(papers)]
        with queries:
            taken(event, json.dumps({"papers": rows}), name="x.json")
        # A database that cannot tell which row got which id takes papers one by one; all else is asked once.
        counts.append(sum(not each.startswith("INSERT INTO submission ") for each in queries.statements))
    assert counts[0] == counts[1]
