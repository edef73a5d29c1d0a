"""Pictures, materials and media links of an activity."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.core import queue
from confsys.core.db import db
from confsys.core.files import StoredFile, store
from confsys.outreach.models import OutreachMedium
from confsys.outreach.states import ActivityState, MediumKind
from tests import factories
from tests.outreach import made

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PDF = b"%PDF-1.7\n%%EOF\n"
HERE = "/outreach/office/activities/stars/media"
WORDS = {"caption_en": "Looking up", "caption_zh": "仰望星空"}
PICTURE = {**WORDS, "alt_en": "Two children at a telescope", "alt_zh": "两个孩子在望远镜旁", "agreed": "y"}


@pytest.fixture
def office(app: Flask) -> FlaskClient:
    return factories.sign_in(app.test_client(), made.office())


def send(client: FlaskClient, content: bytes, name: str, **words: str) -> int:
    return client.post(HERE, data={"file": (io.BytesIO(content), name), **words}).status_code


def test_a_picture_needs_words_for_all_and_the_consent_of_those_shown(app: Flask, office: FlaskClient) -> None:
    made.activity()
    for left_out in ("caption_zh", "alt_en", "agreed"):
        words = {key: value for key, value in PICTURE.items() if key != left_out}
        assert send(office, PNG, "a.png", **words) == 422
    assert send(office, b"<svg onload='alert(1)'/>", "a.png", **PICTURE) == 422  # told by content, not by name
    assert db.session.scalar(select(func.count(OutreachMedium.id))) == 0
    assert db.session.scalar(select(func.count(StoredFile.id))) == 0
    assert send(office, PNG, "a.png", **PICTURE) == 303
    assert send(office, PDF, "Lu Yan's sheet.pdf", **WORDS) == 303
    kinds = db.session.scalars(select(OutreachMedium.kind).order_by(OutreachMedium.id)).all()
    assert kinds == [MediumKind.PICTURE, MediumKind.MATERIAL]


def test_everybody_sees_them_once_it_is_announced_and_nobody_before(
    app: Flask, client: FlaskClient, office: FlaskClient
) -> None:
    activity = made.activity(state=ActivityState.DRAFT)
    send(office, PNG, "a.png", **PICTURE)
    send(office, PDF, "Lu Yan's sheet.pdf", **WORDS)
    ids = db.session.scalars(select(OutreachMedium.id).order_by(OutreachMedium.id)).all()
    picture, sheet = (f"/outreach/activities/stars/media/{one}" for one in ids)
    assert client.get(picture).status_code == 302  # to sign in, as whatever is hidden
    assert factories.sign_in(app.test_client(), factories.person()).get(picture).status_code == 404
    assert picture not in office.get("/outreach/activities/stars").text
    assert picture in office.get(HERE).text
    activity.state = ActivityState.PUBLIC
    db.session.commit()
    page = client.get("/outreach/activities/stars").text
    assert picture in page
    assert "Two children at a telescope" in page
    assert client.get(picture).data == PNG
    answer = client.get(sheet)
    assert answer.mimetype == "application/pdf"
    assert "Lu" not in answer.headers["Content-Disposition"]
    made.activity("maps")
    assert client.get(f"/outreach/activities/maps/media/{ids[0]}").status_code == 404


def test_links_lead_to_the_web_and_nowhere_else(app: Flask, client: FlaskClient, office: FlaskClient) -> None:
    made.activity()
    here = "/outreach/office/activities/stars/links"
    link = {"title_zh": "星空下的一夜", "outlet": "晚报", "url": "javascript:alert(1)"}
    answer = office.post(here, data=link)
    assert answer.status_code == 422
    assert "星空下的一夜" in answer.text
    assert office.post(here, data={**link, "url": "https://news.example/stars"}).status_code == 303
    assert "https://news.example/stars" in client.get("/outreach/activities/stars").text


def test_what_is_removed_is_gone_with_its_content(app: Flask, client: FlaskClient, office: FlaskClient) -> None:
    made.activity()
    send(office, PNG, "a.png", **PICTURE)
    row = db.session.scalars(select(OutreachMedium)).one()
    assert row.file is not None
    sha256, gone = row.file.sha256, f"{HERE}/{row.id}/remove"
    visitor = factories.sign_in(app.test_client(), factories.person())
    assert visitor.post(gone).status_code == 404
    assert visitor.get(HERE).status_code == 404
    assert office.post(gone).status_code == 303
    queue.drain()
    assert db.session.scalar(select(func.count(OutreachMedium.id))) == 0
    with pytest.raises(FileNotFoundError):
        next(iter(store().read(sha256)))
