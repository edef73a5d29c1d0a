"""DOIs from reserved to registered, against a server of our own that misbehaves in every way the real one does."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock, queue
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.publishing import crossref
from confsys.publishing.depositing import batch_of
from confsys.publishing.jobs import client_of
from confsys.publishing.models import DoiDeposit, DoiRecord, Volume, VolumeBuild, VolumePaper
from confsys.publishing.operations import dois
from confsys.publishing.queries import dois as read
from confsys.publishing.states import DepositState, DoiState
from tests import factories
from tests.conftest import NOW
from tests.proceedings.schemas import faults
from tests.publishing.test_harvesting import printed


class Agency:
    """What a registration agency does, as a little server. ``refuse``: {doi: message}."""

    def __init__(self) -> None:
        self.batches: dict[str, str] = {}
        self.posts = 0
        self.refuse: dict[str, str] = {}
        self.queued = False
        #: What goes wrong, first things first: "500", "401", "garbage", "lost" (taken, but the answer is cut off).
        self.mishaps: list[str] = []
        self.versions: dict[str, int] = {}

    def post(self, body: str) -> tuple[int, str]:
        mishap = self.mishaps.pop(0) if self.mishaps else ""
        if mishap in ("500", "401"):
            return int(mishap), "no"
        self.posts += 1
        xml = body[body.index("<?xml") :]
        batch = re.search(r"<doi_batch_id>([^<]+)", xml)[1]
        self.batches.setdefault(batch, xml)
        return (503, "cut off") if mishap == "lost" else (200, "<h2>SUCCESS</h2>")

    def get(self, batch: str) -> tuple[int, str]:
        mishap = self.mishaps.pop(0) if self.mishaps and self.mishaps[0] == "garbage" else ""
        if mishap:
            return 200, "<html><p>We are busy"
        if batch not in self.batches:
            return 200, '<doi_batch_diagnostic status="unknown_submission"/>'
        if self.queued:
            return 200, '<doi_batch_diagnostic status="queued"/>'
        xml = self.batches[batch]
        stamp = int(re.search(r"<timestamp>(\d+)", xml)[1])
        lines = [self._line(doi.lower(), stamp) for doi in re.findall(r"<doi>([^<]+)", xml)]
        return 200, f'<doi_batch_diagnostic status="completed">{"".join(lines)}</doi_batch_diagnostic>'

    def _line(self, doi: str, stamp: int) -> str:
        status, message = "Success", "Successfully added"
        if doi in self.refuse:
            status, message = "Failure", self.refuse[doi]
        elif self.versions.get(doi, 0) >= stamp:
            status, message = "Failure", "Record not processed because submitted version: 1 is less or equal"
        else:
            self.versions[doi] = stamp
        return f'<record_diagnostic status="{status}"><doi>{doi}</doi><msg>{message}</msg></record_diagnostic>'


@pytest.fixture
def agency(app: Flask) -> Iterator[Agency]:
    made = Agency()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._say(*made.post(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def do_GET(self) -> None:
            self._say(*made.get(re.search(r"doi_batch_id=([^&]+)", self.path)[1]))

        def _say(self, code: int, text: str) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    before = app.extensions["settings"]
    address = f"http://127.0.0.1:{server.server_port}"
    app.extensions["settings"] = replace(before, crossref_url=address, crossref_user="us", crossref_password="secret")
    yield made
    app.extensions["settings"] = before
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event("am26")


@pytest.fixture
def volume(event: Event) -> Volume:
    """Two papers published, their DOIs reserved."""
    made = printed(event, "open", 2)
    build = public(made)
    for n, paper in enumerate(build.papers):
        paper.doi = f"10.5555/volume.2026.paper-{n}"
    build.inputs = {**build.inputs, "volume": {**build.inputs["volume"], "publisher": "Press"}}
    db.session.commit()
    dois.reserve(build, at=NOW)
    return made


def public(volume: Volume) -> VolumeBuild:
    return db.session.scalars(select(VolumeBuild).where(VolumeBuild.volume_id == volume.id)).one()


def send(volume: Volume) -> DoiDeposit:
    batch = batch_of(public(volume), read.of_volume(volume), at=clock.now())
    return dois.deposit(volume, batch, actor=SYSTEM, at=clock.now())


def work(hours: int = 48) -> None:
    """Let the queue work until nothing is left to do for two days."""
    for hour in range(hours):
        with clock.frozen(NOW + timedelta(hours=hour)):
            queue.drain()
    db.session.expire_all()


def states(volume: Volume) -> list[DoiState]:
    return [row.state for row in read.of_volume(volume)]


def test_reserved_submitted_registered_updated(volume: Volume, agency: Agency) -> None:
    assert states(volume) == [DoiState.RESERVED] * 2
    made = send(volume)
    assert states(volume) == [DoiState.SUBMITTED] * 2
    assert faults("crossref", made.xml.encode()) == []
    assert "/events/am26/proceedings/open/1/" in made.xml
    work()
    assert states(volume) == [DoiState.REGISTERED] * 2
    assert made.state is DepositState.ANSWERED
    with pytest.raises(Invalid, match="registered as it stands"):
        send(volume)
    build = public(volume)
    described = {**build.inputs["volume"]}
    described["sessions"][0]["papers"][1]["title"] = {"en": "Another title"}
    build.inputs = {**build.inputs, "volume": {**described, "theme": "Another"}}
    db.session.commit()
    again = send(volume)
    assert "paper-1" in again.xml
    assert "paper-0" not in again.xml
    assert again.timestamp > made.timestamp
    work()
    assert states(volume) == [DoiState.REGISTERED, DoiState.UPDATED]


def test_one_record_fails_alone_and_is_sent_again(volume: Volume, agency: Agency) -> None:
    first = read.of_volume(volume)[0].doi
    agency.refuse[first] = "Publisher not authorised for this prefix"
    send(volume)
    work()
    assert states(volume) == [DoiState.FAILED, DoiState.REGISTERED]
    assert read.of_volume(volume)[0].message == "Publisher not authorised for this prefix"
    agency.refuse.clear()
    again = send(volume)
    assert "paper-1" not in again.xml
    work()
    assert states(volume) == [DoiState.REGISTERED] * 2


@pytest.mark.parametrize("mishaps", [["500", "500"], ["garbage"], ["lost"]])
def test_mishaps_on_the_way_are_waited_out(volume: Volume, agency: Agency, mishaps: list[str]) -> None:
    agency.mishaps = list(mishaps)
    made = send(volume)
    work()
    assert states(volume) == [DoiState.REGISTERED] * 2
    assert (agency.posts, len(agency.batches)) == (1, 1)
    assert made.state is DepositState.ANSWERED


def test_queued_there_is_asked_again_and_never_sent_twice(volume: Volume, agency: Agency) -> None:
    agency.queued = True
    made = send(volume)
    work(2)
    assert (made.state, states(volume)) == (DepositState.SENT, [DoiState.SUBMITTED] * 2)
    with pytest.raises(Invalid, match="under way"):
        send(volume)
    agency.queued = False
    work()
    assert states(volume) == [DoiState.REGISTERED] * 2
    assert agency.posts == 1


def test_a_batch_that_came_twice_counts_as_registered(volume: Volume, agency: Agency) -> None:
    made = send(volume)
    stamp = int(re.search(r"<timestamp>(\d+)", made.xml)[1])
    agency.versions = {row.doi: stamp for row in read.of_volume(volume)}
    work()
    assert states(volume) == [DoiState.REGISTERED] * 2
    dois.answered(made, (), at=clock.now())
    assert states(volume) == [DoiState.REGISTERED] * 2


def test_refused_at_the_door_and_given_up_in_the_end(volume: Volume, agency: Agency) -> None:
    agency.mishaps = ["401"]
    made = send(volume)
    work(1)
    assert (made.state, made.message) == (DepositState.GIVEN_UP, "HTTP 401")
    assert states(volume) == [DoiState.FAILED] * 2
    agency.mishaps = ["500"] * 50
    again = send(volume)
    work()
    assert (again.state, again.attempts) == (DepositState.GIVEN_UP, len(dois.PAUSES))


def test_nobody_listens(volume: Volume, app: Flask) -> None:
    client = crossref.Client("http://127.0.0.1:9", "us", "secret")
    with pytest.raises(crossref.Unreachable):
        client.result("batch")


def test_a_demonstration_speaks_to_nobody(app: Flask, agency: Agency) -> None:
    settings = app.extensions["settings"]
    assert client_of(settings) is not None
    assert client_of(replace(settings, mode="demo")) is None
    assert client_of(replace(settings, crossref_url="")) is None


def test_the_chair_sends_and_reads_the_results(volume: Volume, event: Event, app: Flask, agency: Agency) -> None:
    here = "/events/am26/publishing/volumes/open/dois"
    stranger = factories.sign_in(app.test_client(), factories.person())
    assert stranger.post(here).status_code == 404
    chair = factories.sign_in(app.test_client(), factories.grant(event, Role.PUBLICATION_CHAIR))
    assert "reserved" in chair.get(here).text
    agency.refuse[read.of_volume(volume)[0].doi] = "Title is empty"
    assert chair.post(here).status_code == 303
    work(2)
    page = chair.get(here).text
    assert "Title is empty" in page
    assert "registered" in page
    assert db.session.scalar(select(DoiRecord.state).where(DoiRecord.message == "Title is empty")) is DoiState.FAILED
    assert db.session.scalar(select(VolumePaper).limit(1)) is not None
