"""Who sees an author's pages, what stands on them and in which language."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.localized import LocalizedText
from confsys.events.states import Role
from confsys.submissions import contributions, operations
from confsys.submissions.contributions import Addition, NextThing, Part, Step
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.submissions import desk
from tests.submissions.pages import at, form_of
from tests.submissions.papers import a_pdf, uploaded

PAGES = ("", "edit", "receipt")
POSTS = ("edit", "autosave", "file", "withdraw", "revive", "discard")


def test_strangers_reviewers_and_chairs_find_nothing_on_the_authors_pages(app: Flask, me) -> None:
    event = desk.open_call()
    paper = desk.submitted(event, me)
    outsiders = [factories.person(), factories.grant(event, Role.REVIEWER), factories.grant(event, Role.TREASURER)]
    outsiders.append(factories.grant(desk.open_call(), Role.CHAIR))
    for someone in outsiders:
        client = factories.sign_in(app.test_client(), someone)
        for page in PAGES:
            assert client.get(at(paper, page)).status_code == 404, page
        for page in POSTS:
            assert client.post(at(paper, page)).status_code == 404, page
    chair = factories.sign_in(app.test_client(), factories.grant(event, Role.CHAIR))
    assert chair.get(at(paper, "")).status_code == 404
    assert chair.post(at(paper, "edit"), data={"title_en": "x"}).status_code == 404


def test_an_author_who_is_no_contact_reads_only(app: Flask, me) -> None:
    reader = factories.person()
    paper = desk.submitted(desk.open_call(), me, desk.content(desk.of(me), desk.of(reader, contact=False)))
    client = factories.sign_in(app.test_client(), reader)
    page = client.get(at(paper, ""))
    assert page.status_code == 200
    assert "Withdraw the paper" not in page.text
    assert client.get(at(paper)).status_code == 403
    assert client.post(at(paper, "withdraw"), data={"reason": "x"}).status_code == 403
    assert client.post(at(paper), data=form_of(paper, title_en="Changed")).status_code == 403
    assert factories.refreshed(paper).title.en == "On Order"


def test_the_story_names_coauthors_and_calls_everybody_else_the_organisers(browser: FlaskClient, me) -> None:
    event = desk.open_call()
    paper = desk.submitted(event, me)
    chair = factories.grant(event, Role.CHAIR, factories.person("Secret", "Chair"))
    here = desk.standing(event, chair)
    operations.correct(
        paper, desk.content(desk.of(me, id=paper.authors[0].id), title=LocalizedText("Better")), standing=here,
        version=None, actor=here.viewer.actor, at=clock.now(),
    )  # fmt: skip
    page = browser.get(at(paper, "")).text
    assert "The record was corrected: title" in page
    assert "the organisers" in page
    assert "Secret" not in page


def test_the_home_page_says_what_to_do_next(browser: FlaskClient, me) -> None:
    event = desk.open_call()
    desk.started(event, me)
    done = desk.submitted(event, me)
    operations.record_outcome(done, SubmissionState.ACCEPTED, actor=SYSTEM, at=clock.now())
    page = browser.get("/home").text
    assert "Your papers" in page
    assert "Finish it and submit." in page
    assert "Accepted" in page
    assert page.index("Finish it") < page.index("Accepted")


def test_lists_ask_the_same_questions_whatever_their_length(browser: FlaskClient, me, queries, tmp_path: Path) -> None:
    event = desk.open_call()
    counts: dict[str, list[int]] = {"/home": [], "/my-papers": [], f"/events/{event.slug}/my-papers": []}
    for more in (1, 2):
        for n in range(more):
            uploaded(desk.submitted(event, me), me, a_pdf(tmp_path, name=f"{more}-{n}.pdf", pages=more + n))
        for address, found in counts.items():
            with queries:
                assert browser.get(address).status_code == 200
            found.append(queries.count)
    for found in counts.values():
        assert found[0] == found[1]
    assert all(found[0] < 20 for address, found in counts.items() if address != "/home")


def test_later_rooms_add_steps_the_next_thing_and_parts(browser: FlaskClient, me, monkeypatch) -> None:
    paper = desk.submitted(desk.open_call(), me)
    monkeypatch.setattr(contributions, "_contributors", [])
    contributions.contribute(
        lambda _viewer, papers, _at: {
            row.id: Addition(
                steps=[Step("final", "Final version", "todo", order=60), Step("review", "Read by three", "current")],
                next=NextThing("Upload the final version", "Upload", "/upload", urgent=5),
                parts=[Part("note", "submissions/_note.html", {"text": "A part of another room"})],
            )
            for row in papers
        }
    )
    from jinja2 import ChoiceLoader, DictLoader

    env = browser.application.jinja_env
    monkeypatch.setattr(
        env, "loader", ChoiceLoader([env.loader, DictLoader({"submissions/_note.html": "{{ values.text }}"})])
    )
    page = browser.get(at(paper, "")).text
    assert "Final version" in page
    assert "Read by three" in page
    assert "In review" not in page
    assert "Upload the final version" in page
    assert "A part of another room" in page


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_page_speaks_both_languages(app: Flask, client: FlaskClient, locale: str) -> None:
    someone = factories.person(locale=locale)
    browser = factories.sign_in(client, someone)
    event = desk.open_call()
    paper = desk.submitted(event, someone)
    addresses = [f"/events/{event.slug}/submit", "/my-papers", f"/events/{event.slug}/my-papers"]
    for address in (*addresses, *(at(paper, page) for page in PAGES)):
        text = browser.get(address).text
        assert ("论文" in text) is (locale == "zh"), address
        assert f'lang="{"zh-Hans" if locale == "zh" else "en"}"' in text
