"""A notice stands beside a published paper, on every way a reader or a library comes; nothing is overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.appendonly import NeverChanged
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.publishing.models import Notice, Volume, VolumePaper
from confsys.publishing.operations import notices
from confsys.publishing.queries import notices as read
from confsys.publishing.states import NoticeKind
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.publishing.test_harvesting import ask, printed

TEXT = LocalizedText("Table 2 counts one site twice.", "表2将一个站点重复计数。")
NS = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event("am26")


@pytest.fixture
def volume(event: Event) -> Volume:
    made = printed(event, "open", 2)
    made.doi_prefix = "10.5555"
    db.session.commit()
    return made


def first_paper() -> VolumePaper:
    return db.session.scalars(select(VolumePaper).order_by(VolumePaper.id)).first()


def publish(kind: NoticeKind = NoticeKind.RETRACTION, text: LocalizedText = TEXT) -> Notice:
    return notices.publish(first_paper(), kind, text, actor=SYSTEM, at=clock.now())


def test_numbered_with_a_doi_of_its_own_and_never_changed(volume: Volume) -> None:
    one, two = publish(NoticeKind.CORRECTION), publish()
    assert (one.number, two.number) == (1, 2)
    assert two.doi == "10.5555/open.notice2"
    assert read.labels([one, two]) == [NoticeKind.RETRACTION, NoticeKind.CORRECTION]
    assert "Table 2 counts" in db.session.scalar(select(MailMessage)).text
    with pytest.raises(Invalid, match="both languages"):
        publish(text=LocalizedText("Only English."))
    two.text = LocalizedText("Something else", "别的")
    with pytest.raises(NeverChanged):
        db.session.flush()
    db.session.rollback()


def test_only_published_papers_have_notices(event: Event) -> None:
    printed(event, "draft", 1, public=False)
    paper = first_paper()
    paper.build.is_public = False
    db.session.commit()
    with pytest.raises(Invalid, match="about published papers"):
        publish()


def test_readers_find_it_everywhere(volume: Volume, client: FlaskClient) -> None:
    other = "/events/am26/proceedings/open/2/"
    publish()
    here = "/events/am26/proceedings/open/"
    notice = f"{here}notices/1/"
    page = client.get(f"{here}1/").text
    assert "retracted" in page
    assert TEXT.en in page
    assert notice in page
    assert "retracted" not in client.get(other).text
    shown = client.get(notice).text
    assert TEXT.zh in shown
    assert f"{here}1/" in shown
    assert client.get(f"{here}notices/2/").status_code == 404
    assert client.get("/proceedings/feed.xml").text.count(notice) == 2
    assert notice in client.get("/proceedings/sitemap.xml").text
    for address in ("/proceedings/feed.xml", "/proceedings/sitemap.xml"):
        assert etree.fromstring(client.get(address).data) is not None


def test_libraries_hear_of_it(volume: Volume, client: FlaskClient) -> None:
    with clock.frozen(NOW + timedelta(days=3)):
        publish(NoticeKind.CONCERN)
    found = ask(client, verb="ListRecords", metadataPrefix="oai_dc", from_="2026-03-12")
    records = found.findall(".//o:record", NS)
    assert len(records) == 1
    assert records[0].findtext(".//o:datestamp", namespaces=NS).startswith("2026-03-13")
    relation = records[0].findtext(".//dc:relation", namespaces=NS)
    assert relation.endswith("/proceedings/open/notices/1/")
    assert "Expression of concern" in "".join(records[0].itertext())


def test_written_looked_at_and_published(volume: Volume, event: Event, app: Flask) -> None:
    here = "/events/am26/publishing/volumes/open/papers/1/notice"
    visitor = factories.sign_in(app.test_client(), factories.person())
    assert visitor.get(here).status_code == 404
    editor = factories.sign_in(app.test_client(), factories.grant(event, Role.EDITOR))
    assert editor.get(here).status_code == 200
    typed = {"kind": "erratum", "text_en": TEXT.en, "text_zh": ""}
    assert editor.post(here, data=typed).status_code == 422
    typed["text_zh"] = TEXT.zh
    looked = editor.post(here, data=typed)
    assert "As it will stand" in looked.text
    assert db.session.scalar(select(Notice)) is None
    seen = f"erratum\n{TEXT.en}\n{TEXT.zh}"
    changed = editor.post(here, data={**typed, "text_en": "Another sentence.", "seen": seen})
    assert "As it will stand" in changed.text
    assert editor.post(here, data={**typed, "seen": seen}).status_code == 303
    assert db.session.scalar(select(Notice)).kind is NoticeKind.ERRATUM


def test_as_many_questions_for_three_as_for_one(volume: Volume, client: FlaskClient, queries: QueryCounter) -> None:
    publish()
    counts = []
    for _ in range(2):
        db.session.expire_all()
        with queries:
            client.get("/events/am26/proceedings/open/")
            client.get("/proceedings/feed.xml")
        counts.append(queries.count)
        publish(NoticeKind.CORRECTION)
    assert counts[0] == counts[1]
