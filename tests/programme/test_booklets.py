"""The booklet of a release: set in the background, in both languages, with an index that finds its pages."""

from __future__ import annotations

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core.db import db
from confsys.core.jobs.running import perform
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.programme.models import Booklet, Release
from confsys.programme.operations.booklets import ask_booklet
from confsys.programme.operations.releases import release
from confsys.programme.printing import booklet_pdf
from confsys.programme.queries.released import latest_programme
from confsys.programme.states import SessionKind
from tests import factories
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event(slug="am")


@pytest.fixture
def desk(event: Event) -> Desk:
    return Desk(event)


def a_day(event: Event) -> None:
    great, small = making.room(event, "Great Hall", capacity=300), making.room(event, "Small Hall")
    keynote = making.session(event, NINE, great, kind=SessionKind.KEYNOTE, minutes=60, title=LocalizedText())
    making.invited_talk(
        event, factories.person("Ada", "Byron", "艾达"), in_=keynote, minutes=60,
        title=LocalizedText("On engines", "论引擎"), abstract=LocalizedText("#let *x* = $1$ and <b>bold</b>", "摘要"),
    )  # fmt: skip
    making.session(event, later(60), None, kind=SessionKind.BREAK, minutes=30, title=LocalizedText("Coffee", "茶歇"))
    for room in (great, small):
        session = making.session(event, later(90), room)
        making.paper_talk(event, factories.person(), in_=session)


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return pages


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_booklet_speaks_its_language_and_finds_its_people(
    app: Flask, event: Event, desk: Desk, locale: str
) -> None:
    a_day(event)
    release(event, **desk.who)
    programme = latest_programme(event.id)
    assert programme is not None
    with app.test_request_context():
        pages = text_of(booklet_pdf(programme, locale, abstracts=True))
        again_ = booklet_pdf(programme, locale, abstracts=False)
        assert booklet_pdf(programme, locale, abstracts=False) == again_, "the same bytes for the same programme"
    words = {"en": ("On engines", "Coffee"), "zh": ("论引擎", "茶歇")}[locale]
    whole = "\n".join(pages)
    assert all(word in whole for word in words)
    index = next(page for page in pages if "Byron" in page and page is pages[-1])
    line = next(line for line in index.splitlines() if "Byron" in line)
    number = next(n for n, page in enumerate(pages, start=1) if words[0] in page and n > 2)
    assert line.strip().endswith(str(number)) or str(number) in index
    if locale == "en":
        assert "#let *x*" in whole or "#let x" in whole, "text is set and never evaluated"
    assert "摘要" not in "".join(text_of(again_))


def test_a_booklet_is_asked_for_set_and_read_by_everybody(
    app: Flask, client: FlaskClient, event: Event, desk: Desk
) -> None:
    a_day(event)
    release(event, **desk.who)
    address = "/events/am/programme/booklet-en.pdf"
    assert client.get(address).status_code == 404
    organiser = factories.sign_in(app.test_client(), desk.person)
    for _ in range(2):
        answer = organiser.post("/events/am/timetable/releases/1/booklets", data={"language": "en"})
        assert answer.status_code == 303
    [booklet] = db.session.query(Booklet).all()
    assert booklet.job_id is not None
    assert perform(booklet.job_id)
    answer = client.get(address)
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert "booklet-en.pdf" in client.get("/events/am/programme/calendars").text
    assert client.get("/events/am/programme/booklet-fr.pdf").status_code == 404
    assert client.post("/events/am/timetable/releases/1/booklets", data={"language": "en"}).status_code != 303
    assert organiser.get("/events/am/timetable/release").status_code == 200


def test_the_next_release_has_the_booklets_of_the_last(event: Event, desk: Desk) -> None:
    a_day(event)
    first = release(event, **desk.who)
    ask_booklet(event, first, "zh", abstracts=True, **desk.who)
    making.session(event, later(300), making.room(event))
    second = release(event, **desk.who)
    rows = {(b.release_id, b.locale, b.abstracts) for b in db.session.query(Booklet)}
    assert rows == {(first.id, "zh", True), (second.id, "zh", True)}
    assert again(second).number == db.session.query(Release).count()
