"""The publishing room's pages, as each person meets them."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import select

from confsys.core import clock, queue
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.publishing.checklist import ITEMS
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.models import CameraReady, DownloadCount, Volume
from confsys.publishing.operations import volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.queries import downloads
from confsys.publishing.queries import volumes as read
from confsys.publishing.record import digest_of
from confsys.publishing.states import CameraReadyState
from confsys.submissions.models import Author
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.conftest import QueryCounter
from tests.publishing import papers

DAMAGED = "data/conferences/papers/pdf-damaged"


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am26")
    factories.stage(made, StageKind.CAMERA_READY)
    return made


@pytest.fixture
def chair(event: Event, client: FlaskClient) -> FlaskClient:
    return factories.sign_in(client, factories.grant(event, Role.PUBLICATION_CHAIR))


def upload(client: FlaskClient, address: str, name: str, content: bytes):
    return client.post(address, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def test_an_author_uploads_looks_and_signs(event: Event, client: FlaskClient) -> None:
    author = factories.person()
    paper = factories.submission(event, author, state=SubmissionState.ACCEPTED)
    factories.sign_in(client, author)
    here = f"/events/am26/papers/{paper.number}/camera-ready/"
    assert client.get(here).status_code == 200
    answer = upload(client, here, "final.pdf", papers.pdf().read_bytes())
    assert answer.status_code == 303
    answer = client.post(here + "checklist", data={"items": list(ITEMS)})
    assert answer.status_code == 303
    choice = {"licence": "CC-BY-4.0", "holder": "employer", "employer": ""}
    assert client.get(here + "licence").status_code == 200
    assert client.get(here + "licence", query_string=choice).status_code == 422
    choice["employer"] = "Acme Ltd"
    assert "held by Acme Ltd" in client.get(here + "licence", query_string=choice).text
    assert client.post(here + "licence", data={**choice, "signed_name": "Wei"}).status_code == 422
    assert client.post(here + "licence", data={**choice, "signed_name": "Wei Zhang"}).status_code == 303
    proof = client.get(here + "proof").text
    assert paper.title.zh in proof
    assert client.get(here + "pages/1.png").data.startswith(b"\x89PNG")
    assert client.get(here + "pages/3.png").status_code == 404
    answer = client.post(here + "proof", data={"seen": digest_of(paper), "signed_name": "Wei Zhang"})
    assert answer.status_code == 303
    page = client.get(here).text
    assert "Signed by Wei Zhang" in page
    assert db.session.scalar(select(CameraReady)).state is CameraReadyState.WAITING
    assert client.get(here + "file").headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize(
    "name", ["truncated-half.pdf", "html-named.pdf", "encrypted-user-password.pdf", "empty.pdf", "crlf-mangled.pdf"]
)
def test_a_damaged_file_gets_a_sentence_and_the_page_stays(
    event: Event, client: FlaskClient, name: str, locale: str
) -> None:
    author = factories.person(locale=locale)
    paper = factories.submission(event, author, state=SubmissionState.ACCEPTED)
    factories.sign_in(client, author)
    content = papers.shared(f"{DAMAGED}/{name}").read_bytes()
    answer = upload(client, f"/events/am26/papers/{paper.number}/camera-ready/", name, content)
    assert answer.status_code == 422
    assert 'class="check-wrong"' in answer.text or "field-error" in answer.text or "error" in answer.text
    assert db.session.scalar(select(CameraReady)) is None


def test_others_do_not_see_a_final_version(event: Event, client: FlaskClient) -> None:
    paper = papers.ready(event)
    here = f"/events/am26/papers/{paper.number}/camera-ready/"
    factories.sign_in(client, factories.person())
    assert client.get(here).status_code == 404
    for part in ("file", "proof", "licence", "record", "pages/1.png"):
        assert client.get(here + part).status_code == 404
    assert client.get("/events/am26/publishing/").status_code == 404
    assert client.get(f"/events/am26/publishing/papers/{paper.number}/file").status_code == 404


def test_closed_says_who_can_open(event: Event, client: FlaskClient) -> None:
    other = factories.event("late")
    factories.stage(other, StageKind.CAMERA_READY, opens_in=-9, due_in=-2)
    author = factories.person()
    paper = factories.submission(other, author, state=SubmissionState.ACCEPTED)
    factories.sign_in(client, author)
    page = client.get(f"/events/late/papers/{paper.number}/camera-ready/").text
    assert "Final versions are no longer taken." in page
    assert "The publication chair or the organisers can reopen it." in page


def test_the_chair_builds_and_publishes_and_everybody_reads(event: Event, chair: FlaskClient, app: Flask) -> None:
    paper = papers.ready(event)
    assert chair.get("/events/am26/publishing/").status_code == 200
    form = {"code": "am26", "title_en": "Proceedings", "title_zh": "论文集", "licence": "CC-BY-4.0",
            "editors": "Yun Shen = 沈筠"}  # fmt: skip
    assert chair.post("/events/am26/publishing/volumes/new", data=form).status_code == 303
    assert chair.get("/events/am26/publishing/volumes/am26").status_code == 200
    answer = chair.post("/events/am26/publishing/volumes/am26/builds")
    assert "/jobs/" in answer.location
    queue.drain()
    assert chair.get(answer.location).status_code == 200
    assert "Made, read back and verified." in chair.get("/events/am26/publishing/volumes/am26/builds/1").text

    visitor = app.test_client()
    assert visitor.get("/events/am26/proceedings/am26/").status_code in {302, 404}
    here = "/events/am26/publishing/volumes/am26/builds/1"
    chair.post(f"{here}/publish")
    assert visitor.get("/events/am26/proceedings/am26/").status_code in {302, 404}
    assert chair.post(f"{here}/signature", data={"signed_name": "Shen Yun"}).status_code == 404
    editor = factories.sign_in(app.test_client(), factories.grant(event, Role.EDITOR))
    assert "Look at the build" in editor.get("/home").text
    assert editor.get("/events/am26/publishing/").status_code == 404
    assert "am26" in editor.get("/events/am26/publishing/volumes").text
    assert editor.get("/events/am26/publishing/volumes/am26").status_code == 200
    assert editor.post(f"{here}/signature", data={"signed_name": "Yun"}).status_code == 422
    assert editor.post(f"{here}/publish").status_code == 404
    assert editor.post(f"{here}/signature", data={"signed_name": "Shen Yun"}).status_code == 303
    assert "Look at the build" not in editor.get("/home").text
    assert "Signed by Shen Yun" in chair.get(here).text
    chair.post(f"{here}/publish")
    page = visitor.get("/events/am26/proceedings/am26/")
    assert page.status_code == 200
    assert paper.title.en in page.text
    one = visitor.get("/events/am26/proceedings/am26/1/")
    assert '<meta name="citation_firstpage" content="1">' in one.text
    assert visitor.get("/events/am26/proceedings/am26/1.pdf").data.startswith(b"%PDF")
    assert visitor.get("/events/am26/proceedings/am26/files/volume.pdf").data.startswith(b"%PDF")
    assert visitor.get("/proceedings").status_code == 200
    assert visitor.get("/events/am26/proceedings/").status_code == 200


def test_a_form_that_fails_keeps_what_was_typed(event: Event, chair: FlaskClient) -> None:
    form = {"code": "Bad Code", "title_en": "Kept title", "licence": "CC-BY-4.0", "doi_prefix": "ten"}
    answer = chair.post("/events/am26/publishing/volumes/new", data=form)
    assert answer.status_code == 422
    assert "Kept title" in answer.text
    assert "A DOI prefix looks like 10.12345." in answer.text
    answer = chair.post(
        "/events/am26/publishing/volumes/new", data={**form, "title_en": "", "title_zh": "", "doi_prefix": ""}
    )
    assert "in at least one language" in answer.text
    assert db.session.scalar(select(Volume)) is None


def test_an_imprint_is_shown_as_typed_and_somebody_else_s_change_is_not_lost(event: Event, chair: FlaskClient) -> None:
    here = "/events/am26/publishing/volumes/am26/edit"
    form = {"code": "am26", "title_en": "First", "licence": "CC-BY-4.0", "editors": "Yun Shen = 沈筠"}
    chair.post("/events/am26/publishing/volumes/new", data=form)
    assert "\nYun Shen = 沈筠</textarea>" in chair.get(here).text.replace("\r", "")
    seen = str(db.session.scalars(select(Volume.version)).one())
    assert chair.post(here, data=form | {"title_en": "Second", "version": seen}).status_code == 303
    late = chair.post(here, data=form | {"title_en": "Third", "version": seen})
    assert late.status_code == 409
    assert "Third" in late.text
    assert db.session.scalars(select(Volume)).one().title.en == "Second"
    assert chair.post("/events/am26/publishing/volumes/new", data=form).status_code == 422  # the short name is taken


def test_the_board_asks_as_often_for_three_as_for_one(event: Event, chair: FlaskClient, queries: QueryCounter) -> None:
    papers.ready(event)
    db.session.expire_all()
    with queries:
        chair.get("/events/am26/publishing/")
    one = queries.count
    for _ in range(2):
        papers.ready(event)
    db.session.expire_all()
    with queries:
        chair.get("/events/am26/publishing/")
    assert queries.count == one < 20


def test_the_chair_reads_a_reminder_before_it_goes(event: Event, chair: FlaskClient) -> None:
    papers.ready(event)
    lacking = factories.submission(event, state=SubmissionState.ACCEPTED)
    here = "/events/am26/publishing/reminders"
    draft = chair.post(f"{here}/draft", data={"action": "remind", "selected": [str(lacking.number)]}).text
    assert "Before it can be printed, this is still missing" in draft
    assert "终稿" in draft
    typed = {"subject_en": "Soon", "subject_zh": "请尽快", "text_en": "Lacks {missing}: {link}", "text_zh": ""}
    typed["selected"] = str(lacking.number)
    assert chair.post(here, data=typed).status_code == 422
    assert db.session.scalar(select(MailMessage)) is None
    assert chair.post(here, data={**typed, "text_zh": "缺{missing}"}).status_code == 303
    message = db.session.scalar(select(MailMessage))
    assert message.subject == "Soon"
    assert f"/papers/{lacking.number}/camera-ready/" in message.text
    everything = chair.post(f"{here}/draft", data={"action": "remind", "everything": "1", "q": ""}).text
    assert everything.count('name="selected"') == 1


@pytest.fixture
def public_volume(event: Event, app: Flask) -> Volume:
    """Two papers printed and public."""
    papers.ready(event, title=LocalizedText("On quiet networks", "论安静的网络"))
    papers.ready(event, "jcon.00093", title=LocalizedText("Second thoughts"))
    imprint = Imprint("am26", LocalizedText("Proceedings", "论文集"), doi_prefix="10.5555")
    made = volumes.create_volume(event, imprint, actor=SYSTEM, at=clock.now())
    build = volumes.start_build(made, frozen_inputs(event, made), actor=SYSTEM, at=clock.now())
    queue.drain()
    papers.published(made, factories.refreshed(build))
    return made


def test_readers_search_cite_and_follow(public_volume: Volume, client: FlaskClient, queries: QueryCounter) -> None:
    here = "/events/am26/proceedings/am26/1/"
    assert f"{here}citation.bib" in client.get(here).text
    bib = client.get(f"{here}citation.bib")
    assert "title = {On quiet networks}" in bib.text
    assert "Second thoughts" not in bib.text
    assert "pages = {1--2}" in bib.text
    assert client.get(f"{here}citation.ris").text.rstrip().endswith("ER  -")
    assert client.get(f"{here}citation.json").json[0]["DOI"].startswith("10.5555/")
    assert "[C/OL]//" in client.get(f"{here}citation.txt").text
    assert client.get(f"{here}citation.exe").status_code == 404
    for words in ("quiet", "安静"):
        page = client.get("/proceedings", query_string={"q": words}).text
        assert here in page
        assert "am26/2/" not in page
    assert "No paper holds these words" in client.get("/proceedings?q=nothing-like-it").text
    address = db.session.scalars(select(Author.email)).first()
    assert "No paper holds these words" in client.get("/proceedings", query_string={"q": address}).text
    assert here in client.get("/proceedings", query_string={"q": "AN ABSTRACT quiet"}).text
    db.session.expire_all()
    with queries:
        client.get("/proceedings?q=quiet")
    one = queries.count
    db.session.expire_all()
    with queries:
        client.get("/proceedings?q=t")
    assert queries.count == one


READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def test_downloads_are_counted_by_day_and_nobody_is_remembered(public_volume: Volume, client: FlaskClient) -> None:
    here = "/events/am26/proceedings/am26/"
    for headers in (READER, READER, {"User-Agent": "Examplebot/2.0"}, {**READER, "Range": "bytes=500-"}, {}):
        client.get(f"{here}1.pdf", headers={"User-Agent": "", **headers}).close()
    client.head(f"{here}1.pdf", headers=READER)
    for name in ("volume.pdf", "metadata/volume.bib"):
        client.get(f"{here}files/{name}", headers=READER).close()
    day = clock.now().date()
    paper = read.paper_of(public_volume, 1)
    assert downloads.of_papers(public_volume.id) == {paper.submission_id: 2, 0: 1}
    found = downloads.figures(day, day)
    assert (found.papers, found.volumes, found.total) == (2, 1, 3)
    assert found.months == ((day.replace(day=1), 3),)
    assert downloads.figures(day + timedelta(days=1), day + timedelta(days=9)).total == 0
    assert "<dt>Downloads</dt><dd>2</dd>" in client.get(f"{here}1/").text
    columns = set(DownloadCount.__table__.columns.keys())
    assert columns == {"id", "volume_id", "paper", "day", "count"}


def test_feed_and_sitemap_name_only_what_is_public(public_volume: Volume, client: FlaskClient) -> None:
    imprint = Imprint("draft", LocalizedText("Not yet"))
    volumes.create_volume(public_volume.event, imprint, actor=SYSTEM, at=clock.now())
    for address in ("/proceedings/feed.xml", "/proceedings/sitemap.xml"):
        answer = client.get(address)
        assert etree.fromstring(answer.data) is not None
        assert "/events/am26/proceedings/am26/" in answer.text
        assert "draft" not in answer.text
    assert client.get("/proceedings/sitemap.xml").text.count("<loc>") == 4
