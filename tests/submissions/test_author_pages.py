"""An author's pages: from the first title to the receipt, and nothing typed is ever lost."""

from __future__ import annotations

import io
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import FormField, RoleGrant, Topic
from confsys.events.states import FieldType, FormKind, Role
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.shared import shared
from tests.submissions import desk
from tests.submissions.pages import at, form_of
from tests.submissions.papers import a_pdf

FILLED = {"abstract_en": "We show it.", "authors-0-affiliation_en": "Example University"}


def test_from_the_first_title_to_the_receipt(browser: FlaskClient, me) -> None:
    event = desk.open_call()
    track = factories.track(event)
    page = browser.get(f"/events/{event.slug}/submit")
    assert "Closes" in page.text
    assert browser.post(f"/events/{event.slug}/submit", data={}).status_code == 422
    made = browser.post(f"/events/{event.slug}/submit", data={"title_en": "On Order", "track": str(track.id)})
    assert made.status_code == 303
    paper = db.session.scalars(select(Submission)).one()
    assert paper.track_id == track.id
    page = browser.get(made.location)
    assert 'value="Lin"' in page.text
    assert "Submit paper" in page.text
    sent = browser.post(at(paper), data=form_of(paper, **FILLED, action="submit"))
    assert sent.status_code == 303
    record = browser.get(sent.location)
    assert "Your paper was submitted" in record.text
    assert "Example University" in record.text
    receipt = browser.get(at(paper, "receipt"))
    assert "Receipt for paper 1" in receipt.text
    assert factories.refreshed(paper).state is SubmissionState.SUBMITTED


def test_a_missing_field_saves_a_draft_and_says_so(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    answer = browser.post(at(paper), data=form_of(paper, action="submit", keywords_en="order; logic"))
    assert answer.status_code == 422
    assert "Saved as a draft, not submitted yet" in answer.text
    assert "Please give the abstract." in answer.text
    assert "order, logic" in answer.text
    assert factories.refreshed(paper).keywords == {"en": ["order", "logic"]}
    assert paper.state is SubmissionState.DRAFT
    again = browser.post(at(paper), data=form_of(paper, **FILLED, action="submit"))
    assert again.status_code == 303


def test_what_was_typed_comes_back_beside_what_somebody_else_saved(browser: FlaskClient, me) -> None:
    paper = desk.submitted(desk.open_call(), me)
    stale = form_of(paper, title_en="Mine", **FILLED)
    desk.saved(paper, me, desk.content(*[desk.of(me, id=paper.authors[0].id)], title=LocalizedText("Theirs", "论秩序")))
    answer = browser.post(at(paper), data=stale)
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert 'value="Mine"' in answer.text
    assert f'name="version" value="{paper.version}"' in answer.text
    second = browser.post(at(paper), data={**stale, "version": str(paper.version)})
    assert second.status_code == 303
    assert factories.refreshed(paper).title.en == "Mine"


def test_a_call_that_closes_meanwhile_gives_the_text_back(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    desk.move_call(paper.event, days=-8)
    answer = browser.post(at(paper), data=form_of(paper, title_en="Typed too late"))
    assert answer.status_code == 403
    assert "The call for papers is closed." in answer.text
    assert 'value="Typed too late"' in answer.text
    assert "The organisers can move the dates." in answer.text
    assert factories.refreshed(paper).title.en == "On Order"
    assert browser.get(at(paper)).status_code == 403


def test_a_country_nobody_knows_is_named_and_nothing_is_lost(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    answer = browser.post(at(paper), data=form_of(paper, **{"authors-0-country": "Atlantis", "title_en": "New"}))
    assert answer.status_code == 422
    assert "is not a country or region we know" in answer.text
    assert 'value="Atlantis"' in answer.text
    assert 'value="New"' in answer.text
    assert browser.post(at(paper), data=form_of(paper, **{"authors-0-country": "中国"})).status_code == 303
    assert factories.refreshed(paper).authors[0].country == "CN"


def test_lines_are_added_moved_and_removed_without_javascript(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    added = browser.post(at(paper), data=form_of(paper, rows="authors:add", title_en="Typed"))
    assert added.status_code == 200
    assert 'name="authors-1-family"' in added.text
    assert 'value="Typed"' in added.text
    two = form_of(paper, **{"authors-1-family": "Berg", "rows": "authors:1:up"})
    moved = browser.post(at(paper), data=two).text
    assert moved.index('value="Berg"') < moved.index('value="Lin"')
    removed = browser.post(at(paper), data={**two, "rows": "authors:1:remove"}).text
    assert 'value="Berg"' not in removed
    for nonsense in ("authors:9:up", "authors:x:remove", "file:add", "authors:0:up"):
        assert browser.post(at(paper), data={**two, "rows": nonsense}).status_code == 200
    assert [line.family for line in factories.refreshed(paper).authors] == ["Lin"]


def test_a_hundred_and_sixty_two_authors_are_pasted_and_saved(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    names = [f"{chr(65 + n // 26)}en {chr(65 + n % 26)}ing <a{n}@example.org>" for n in range(161)]
    answer = browser.post(at(paper), data=form_of(paper, rows="authors:paste", pasted="\n".join(names)))
    assert answer.text.count("author-line") >= 162
    fields = form_of(paper, **FILLED)
    for n, name in enumerate(names, start=1):
        given, family, address = name.split()
        fields |= {
            f"authors-{n}-given": given, f"authors-{n}-family": family, f"authors-{n}-email": address.strip("<>"),
            f"authors-{n}-affiliation_en": "Example University", f"authors-{n}-native": "", f"authors-{n}-orcid": "",
            f"authors-{n}-country": "", f"authors-{n}-affiliation_zh": "", f"authors-{n}-id": "",
        }  # fmt: skip
    answer = browser.post(at(paper), data={**fields, "action": "submit"})
    assert answer.status_code == 303
    assert len(factories.refreshed(paper).authors) == 162


def test_authors_are_read_from_a_spreadsheet(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    table = "姓名,邮箱,单位\n张伟,zhang@example.org,示例大学\n".encode("gb18030")
    fields = form_of(paper, rows="authors:paste", author_file=(io.BytesIO(table), "authors.csv"))
    answer = browser.post(at(paper), data=fields, content_type="multipart/form-data")
    assert 'value="张伟"' in answer.text
    assert 'value="示例大学"' in answer.text


def test_a_draft_saves_itself_and_a_submission_does_not(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    saved = browser.post(at(paper, "autosave"), data=form_of(paper, abstract_zh="草"))
    assert saved.json == {"saved": "Saved as draft 10:00", "version": paper.version}
    assert factories.refreshed(paper).abstract.zh == "草"
    stale = browser.post(at(paper, "autosave"), data=form_of(paper, version="1", title_en="Other"))
    assert stale.status_code == 409
    assert stale.json["message"].startswith("Somebody else saved")
    done = desk.submitted(desk.open_call(), me)
    refused = browser.post(at(done, "autosave"), data=form_of(done, title_en="Half a ti"))
    assert refused.status_code == 409
    assert factories.refreshed(done).title.en == "On Order"


def test_the_events_own_fields_are_asked_kept_and_shown(browser: FlaskClient, me) -> None:
    event = desk.open_call()
    for n, (key, kind, extra) in enumerate(
        [
            (
                "kind",
                FieldType.CHOICE,
                {"choices": [{"value": "long", "label": {"en": "Long paper"}}], "required": True},
            ),
            ("years", FieldType.NUMBER, {"lowest": 1, "highest": 9}),
            ("ours", FieldType.CHECK, {"required": True}),
            ("areas", FieldType.CHOICES, {"choices": [{"value": v, "label": {"en": v}} for v in ("x", "y")]}),
            ("more", FieldType.LONG_TEXT, {"length_max": 20}),
        ]
    ):
        factories.saved(
            FormField(event_id=event.id, form=FormKind.SUBMISSION, key=key, type=kind, position=n,
                      label=LocalizedText(f"Label {key}"), **extra)
        )  # fmt: skip
    paper = desk.started(event, me)
    page = browser.get(at(paper)).text
    assert all(f"Label {key}" in page for key in ("kind", "years", "ours", "areas", "more"))
    own = {"own-kind": "long", "own-years": "3", "own-areas": ["x", "y"], "own-more": "short"}
    missing = browser.post(at(paper), data=form_of(paper, **FILLED, **own, action="submit"))
    assert missing.status_code == 422
    assert "Please answer “Label ours”." in missing.text
    unfit = browser.post(at(paper), data=form_of(paper, **FILLED, **{**own, "own-years": "12"}, action="submit"))
    assert unfit.status_code == 422
    assert 'value="12"' in unfit.text
    sent = browser.post(at(paper), data=form_of(paper, **FILLED, **own, **{"own-ours": "1"}, action="submit"))
    assert sent.status_code == 303
    assert factories.refreshed(paper).answers == {
        "kind": "long",
        "years": 3,
        "ours": True,
        "areas": ["x", "y"],
        "more": "short",
    }
    record = browser.get(at(paper, "")).text
    assert "Long paper" in record
    assert "x, y" in record


def test_topics_and_conflicts_are_chosen(browser: FlaskClient, me) -> None:
    event = desk.open_call()
    topic = factories.saved(Topic(event_id=event.id, name=LocalizedText("Logic", "逻辑")))
    shown = factories.grant(event, Role.REVIEWER, factories.person("Wei", "Zhang", "张伟"))
    hidden = factories.grant(event, Role.REVIEWER, factories.person("Se", "Cret"))
    row = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == hidden.id)).one()
    row.shown = False
    factories.saved(row)
    paper = desk.started(event, me)
    page = browser.get(at(paper)).text
    assert '<option value="张伟 (Wei Zhang)">' in page
    assert "Cret" not in page
    own = {"topics": [str(topic.id)], "conflicts-0-name": "张伟 (Wei Zhang)", "conflicts-0-kind": "coauthor"}
    browser.post(at(paper), data=form_of(paper, **FILLED, **own, action="submit"))
    from confsys.submissions.queries.conflicts import barred

    assert factories.refreshed(paper).topics == [topic]
    assert barred([paper.id]) == {(paper.id, shown.id)}


def test_a_file_is_looked_at_and_kept_as_soon_as_it_is_chosen(browser: FlaskClient, me, tmp_path: Path) -> None:
    paper = desk.started(desk.open_call(), me)
    data = {"file": (io.BytesIO(a_pdf(tmp_path).read_bytes()), "Lin-final.pdf")}
    answer = browser.post(
        at(paper, "file"), data=data, headers={"HX-Request": "true"}, content_type="multipart/form-data"
    )
    assert "The file is kept as version 1 of your paper." in answer.text
    row = factories.refreshed(paper).files[0]
    given = browser.get(f"/events/{paper.event.slug}/papers/{paper.number}/files/{row.id}")
    assert given.headers["Content-Disposition"] == "inline; filename=paper-1.pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.data.startswith(b"%PDF")
    assert browser.get(f"/events/{paper.event.slug}/papers/{paper.number}/files/{row.id + 1}").status_code == 404


def test_a_damaged_file_is_refused_in_words_and_the_form_is_saved(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(options={"submissions": {"file_required": True}}), me)
    raw = shared("data/conferences/papers/pdf-damaged/encrypted-user-password.pdf").read_bytes()
    fields = form_of(paper, **FILLED, title_en="Kept", action="submit", file=(io.BytesIO(raw), "paper.pdf"))
    answer = browser.post(at(paper), data=fields, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "What you typed is saved. The file was not kept:" in answer.text
    assert "password" in answer.text
    assert factories.refreshed(paper).title.en == "Kept"
    assert paper.files == []
    plain = browser.post(at(paper, "file"), data={"file": (io.BytesIO(raw), "paper.pdf")})
    assert plain.status_code == 303
    assert "password" in browser.get(plain.location).text


def test_a_locked_file_is_taken_with_a_warning(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    raw = shared("data/conferences/papers/pdf-damaged/encrypted-owner-only.pdf").read_bytes()
    fields = form_of(paper, **FILLED, action="submit", file=(io.BytesIO(raw), "paper.pdf"))
    answer = browser.post(at(paper), data=fields, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert "security settings" in browser.get(answer.location).text


def test_withdrawing_and_coming_back(browser: FlaskClient, me) -> None:
    paper = desk.submitted(desk.open_call(), me)
    assert browser.post(at(paper, "withdraw"), data={"reason": ""}).status_code == 422
    assert browser.post(at(paper, "withdraw"), data={"reason": "An error in section 2"}).status_code == 303
    page = browser.get(at(paper, "")).text
    assert "An error in section 2" in page
    assert "Bring the paper back" in page
    browser.post(at(paper, "revive"))
    assert factories.refreshed(paper).state is SubmissionState.SUBMITTED


def test_a_draft_is_thrown_away_only_by_name(browser: FlaskClient, me) -> None:
    paper = desk.started(desk.open_call(), me)
    browser.post(at(paper, "discard"), data={"confirm": "12"})
    assert db.session.get(Submission, paper.id) is not None
    browser.post(at(paper, "discard"), data={"confirm": str(paper.number)})
    assert db.session.get(Submission, paper.id, populate_existing=True) is None
