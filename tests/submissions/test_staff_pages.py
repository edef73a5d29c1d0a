"""The staff's pages: who finds which papers, what they may do, what stays hidden."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event, Topic
from confsys.events.states import Role
from confsys.submissions import operations
from confsys.submissions.models import Submission
from confsys.submissions.states import ConflictKind, ConflictSource, SubmissionState
from tests import factories
from tests.submissions import desk
from tests.submissions.papers import a_pdf, uploaded
from tests.submissions.test_author_pages import form_of


def as_role(app: Flask, event: Event, role: Role, **columns) -> FlaskClient:
    return factories.sign_in(app.test_client(), factories.grant(event, role, **columns))


def listed(client: FlaskClient, event: Event, query: str = "", **arguments: str) -> list[int]:
    """Numbers of the papers a list shows, by its export."""
    answer = client.get(f"/events/{event.slug}/papers", query_string={"q": query, "format": "csv", **arguments})
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    return [int(row[0]) for row in rows[1:]]


def a_paper(event: Event, someone: Person | None = None, **content) -> Submission:
    someone = someone or factories.person()
    return desk.submitted(event, someone, desk.content(desk.of(someone), **content))


@pytest.fixture
def event(app: Flask) -> Event:
    return desk.open_call()


def test_the_list_shows_submitted_papers_and_never_a_draft(app: Flask, event: Event) -> None:
    paper = a_paper(event, title=LocalizedText("Shown"))
    draft = desk.started(event, factories.person())
    desk.saved(draft, _author(draft), desk.content(desk.of(_author(draft)), title=LocalizedText("Hidden draft")))
    client = as_role(app, event, Role.ORGANISER)
    page = client.get(f"/events/{event.slug}/papers")
    assert "Shown" in page.text
    assert "Hidden draft" not in page.text
    assert client.get(f"/events/{event.slug}/papers/{paper.number}").status_code == 200
    assert client.get(f"/events/{event.slug}/papers/{draft.number}").status_code == 404
    assert listed(client, event) == [paper.number]


def _author(paper: Submission) -> Person:
    return db.session.get_one(Person, paper.authors[0].person_id)


def test_a_conflicted_chair_finds_the_paper_nowhere(app: Flask, event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    hidden, shown = a_paper(event, title=LocalizedText("Forbidden")), a_paper(event)
    operations.declare(hidden, chair, ConflictKind.OTHER, ConflictSource.CHAIR, actor=SYSTEM, at=clock.now())
    client = factories.sign_in(app.test_client(), chair)
    assert listed(client, event) == [shown.number]
    assert listed(client, event, "forbidden") == []
    assert listed(client, event, str(hidden.number)) == []
    for page in ("", "/correct"):
        there = client.get(f"/events/{event.slug}/papers/{hidden.number}{page}")
        nowhere = client.get(f"/events/{event.slug}/papers/999{page}")
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.text.partition("<main")[2] == nowhere.text.partition("<main")[2]


def test_a_track_chair_sees_the_own_track(app: Flask, event: Event) -> None:
    mine, other = factories.track(event), factories.track(event)
    papers = [a_paper(event, track_id=track.id) for track in (mine, other)]
    client = as_role(app, event, Role.TRACK_CHAIR, track_id=mine.id)
    assert listed(client, event) == [papers[0].number]
    assert client.get(f"/events/{event.slug}/papers/{papers[1].number}").status_code == 404
    assert client.get(f"/events/{event.slug}/papers/{papers[0].number}/correct").status_code == 403


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TREASURER, Role.HELPER, Role.PROGRAMME_MANAGER])
def test_other_roles_have_no_list_of_papers(app: Flask, event: Event, role: Role) -> None:
    paper = a_paper(event)
    client = as_role(app, event, role)
    base = f"/events/{event.slug}/papers"
    for page in ("", f"/{paper.number}", f"/{paper.number}/correct", "/import", "/import/template.csv"):
        assert client.get(base + page).status_code == 404, page
    for page in ("/import", "/zip", f"/{paper.number}/correct"):
        assert client.post(base + page).status_code == 404, page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("senoz", {1}), ("Şenöz", {1}), ("ŞENÖZ order", {1}), ("图神经", {2}), ("张伟", {2}),
        ("zhang wei", {2}), ("#2", {2}), ("2", {2}), ("kazakci", {3}), ("o'donnell", {3}), ("O’Donnell", {3}),
        ("nobody", set()),
        ("100%", {3}), ("order", {1, 3}),
        ("state:submitted", {1, 2, 3}), ("state:withdrawn", set()), ("state:nonsense", set()), ("", {1, 2, 3}),
    ],
)  # fmt: skip
def test_searching_is_blind_to_marks_and_at_home_in_han(app: Flask, event: Event, query: str, found: set[int]) -> None:
    for title, name in (
        (LocalizedText("On Order"), PersonName("Ayşe", "Şenöz")),
        (LocalizedText("Graphs", "图神经网络综述"), PersonName("Wei", "Zhang", "张伟")),
        (LocalizedText("Order, 100% of it"), PersonName("Mert Kazakçı", "O’Donnell")),
    ):
        someone = factories.person(name.given, name.family, name.native)
        a_paper(event, someone, title=title, keywords={})
    assert set(listed(as_role(app, event, Role.CHAIR), event, query)) == found


def test_filters_by_track_and_topic_and_state(app: Flask, event: Event) -> None:
    track = factories.track(event, "ML")
    topic = factories.saved(Topic(event_id=event.id, name=LocalizedText("Logic", "逻辑")))
    one = a_paper(event, track_id=track.id, topic_ids=frozenset({topic.id}))
    two = a_paper(event, track_id=factories.track(event).id)
    operations.record_outcome(two, SubmissionState.ACCEPTED, actor=SYSTEM, at=clock.now())
    client = as_role(app, event, Role.CHAIR)
    assert listed(client, event, "track:ml") == [one.number]
    assert listed(client, event, f"topic:{topic.id}") == [one.number]
    assert listed(client, event, "topic:x") == []
    assert listed(client, event, "state:accepted") == [two.number]
    assert listed(client, event, sort="-number") == [two.number, one.number]


def test_the_list_goes_into_a_spreadsheet(app: Flask, event: Event) -> None:
    a_paper(event, factories.person("Mei", "Lin", "林梅"), title=LocalizedText("=cmd()", "题"))
    answer = as_role(app, event, Role.CHAIR).get(f"/events/{event.slug}/papers?format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    header, row = list(sheet.iter_rows(values_only=True))
    assert header[:3] == ("Number", "Title", "Title in English")
    assert row[2] == "'=cmd()"
    assert "林梅 (Mei Lin)" in row


def test_the_list_asks_the_same_questions_whatever_its_length(app: Flask, event: Event, queries) -> None:
    client = as_role(app, event, Role.CHAIR)
    counts: dict[str, list[int]] = {"": [], "?format=csv": []}
    for more in (1, 2):
        for _ in range(more):
            desk.submitted(event, factories.person(), None)
        for address, found in counts.items():
            with queries:
                client.get(f"/events/{event.slug}/papers{address}")
            found.append(queries.count)
    for found in counts.values():
        assert found[0] == found[1] < 20


def test_staff_correct_a_record_after_the_call(app: Flask, event: Event) -> None:
    paper = a_paper(event)
    desk.move_call(event, days=-30)
    client = as_role(app, event, Role.PUBLICATION_CHAIR)
    address = f"/events/{event.slug}/papers/{paper.number}/correct"
    assert 'value="On Order"' in client.get(address).text
    more = client.post(address, data=form_of(paper, rows="authors:add"))
    assert 'name="authors-1-family"' in more.text
    stale = form_of(paper, title_en="Stale")
    done = client.post(address, data=form_of(paper, title_en="Put right"))
    assert done.status_code == 303
    assert factories.refreshed(paper).title.en == "Put right"
    assert "The record was corrected: title" in client.get(done.location).text
    assert client.post(address, data=stale).status_code == 409


def test_a_paper_shows_its_conflicts_with_their_reasons(app: Flask, event: Event) -> None:
    reviewer = factories.grant(event, Role.REVIEWER, factories.person("Wei", "Zhang", "张伟"))
    paper = a_paper(event)
    operations.declare(paper, reviewer, ConflictKind.RELATION, ConflictSource.CHAIR, actor=SYSTEM, at=clock.now())
    page = as_role(app, event, Role.ORGANISER).get(f"/events/{event.slug}/papers/{paper.number}").text
    assert "张伟 (Wei Zhang)" in page
    assert "set by a chair" in page


def test_all_files_are_collected_under_neutral_names(app: Flask, event: Event, tmp_path: Path) -> None:
    me, chair = factories.person("Secret", "Name"), factories.grant(event, Role.CHAIR)
    paper, barred = a_paper(event, me), a_paper(event)
    for n, each in enumerate((paper, barred)):
        uploaded(each, _author(each), a_pdf(tmp_path, name=f"Secret-Name-{n}.pdf", pages=n + 1))
    operations.declare(barred, chair, ConflictKind.OTHER, ConflictSource.CHAIR, actor=SYSTEM, at=clock.now())
    client = factories.sign_in(app.test_client(), chair)
    asked = client.post(f"/events/{event.slug}/papers/zip")
    assert asked.status_code == 303
    queue.drain()
    assert client.get(asked.location).status_code == 200
    address = asked.location.partition("next=")[2].replace("%2F", "/")
    package = zipfile.ZipFile(io.BytesIO(client.get(address).data))
    assert package.namelist() == ["paper-1.pdf"]
    assert as_role(app, event, Role.CHAIR).get(address).status_code == 404


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_staff_pages_speak_both_languages(app: Flask, event: Event, locale: str) -> None:
    chair = factories.grant(event, Role.CHAIR, factories.person(locale=locale))
    paper = a_paper(event)
    client = factories.sign_in(app.test_client(), chair)
    base = f"/events/{event.slug}/papers"
    for page in ("", f"/{paper.number}", f"/{paper.number}/correct", "/import"):
        assert ("论文" in client.get(base + page).text) is (locale == "zh"), page


def test_audit_entries_of_every_action_have_a_sentence(app: Flask, event: Event) -> None:
    from confsys.core.audit import AuditEntry
    from confsys.submissions.sentences import SENTENCES

    paper = a_paper(event)
    here = desk.standing(event, _author(paper))
    operations.withdraw(paper, "why", standing=here, actor=here.viewer.actor, at=clock.now())
    for entry in db.session.scalars(select(AuditEntry)):
        assert str(SENTENCES[entry.action]) % entry.facts
