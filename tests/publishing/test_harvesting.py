"""Libraries fetch what is public through OAI-PMH; every answer is valid by the official schema."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from lxml import etree

from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.publishing import harvesting
from confsys.publishing.models import Volume, VolumeBuild, VolumePaper
from confsys.publishing.states import BuildState, VolumeState
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.proceedings.schemas import faults

NS = {"o": harvesting.NS, "dc": "http://purl.org/dc/elements/1.1/"}


def printed(event: Event, code: str, count: int, public: bool = True) -> Volume:
    """A volume as a build leaves it, without its files."""
    state = VolumeState.PUBLISHED if public else VolumeState.DRAFT
    volume = factories.saved(
        Volume(
            event_id=event.id, code=code, title=LocalizedText("Proceedings", "论文集"), state=state,
            published_at=NOW if public else None,
        )
    )  # fmt: skip
    papers = [factories.submission(event) for _ in range(count)]
    described = [
        {
            "id": f"paper-{n}",
            "title": {"en": f"On {code} {n}", "zh": "论文"},
            "authors": [{"given": "Wei", "family": "Li"}],
        }
        for n in range(count)
    ]
    inputs = {
        "volume": {"format": 1, "title": {"en": "Proceedings"}, "year": 2026, "doi_prefix": "10.5555",
                   "sessions": [{"title": "All", "papers": described}]},
        "papers": {f"paper-{n}": paper.id for n, paper in enumerate(papers)},
    }  # fmt: skip
    build = factories.saved(
        VolumeBuild(
            volume_id=volume.id, number=1, state=BuildState.VERIFIED, inputs=inputs, created_at=NOW, finished_at=NOW,
            is_public=public,
        )
    )  # fmt: skip
    for n, paper in enumerate(papers):
        factories.saved(
            VolumePaper(
                build_id=build.id, submission_id=paper.id, position=n + 1, title=LocalizedText(f"On {code} {n}"),
                authors=[], first_page=n + 1, last_page=n + 1,
            )
        )  # fmt: skip
    return volume


@pytest.fixture
def event(client: FlaskClient) -> Event:
    return factories.event("am26")


def ask(client: FlaskClient, **arguments: str) -> etree._Element:
    answer = client.get("/oai", query_string={name.rstrip("_"): value for name, value in arguments.items()})
    assert answer.mimetype == "text/xml"
    assert faults("oai", answer.data) == []
    return etree.fromstring(answer.data)


def test_records_of_what_is_public(event: Event, client: FlaskClient) -> None:
    printed(event, "open", 2)
    printed(event, "draft", 1, public=False)
    found = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert found.xpath("//dc:title[@xml:lang='en']/text()", namespaces=NS) == ["On open 0", "On open 1"]
    first = found.findtext(".//o:identifier", namespaces=NS)
    one = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=first)
    assert "/events/am26/proceedings/open/1/" in one.xpath("//dc:identifier/text()", namespaces=NS)[-1]
    assert len(ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc").findall(".//o:header", NS)) == 2
    assert ask(client, verb="Identify").findtext(".//o:earliestDatestamp", namespaces=NS) == "2026-03-10T02:00:00Z"
    assert ask(client, verb="ListMetadataFormats").findtext(".//o:metadataPrefix", namespaces=NS) == "oai_dc"


def test_a_long_list_comes_in_parts(event: Event, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvesting, "PAGE", 2)
    printed(event, "open", 3)
    part = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", until="2026-03-10")
    token = part.findtext(".//o:resumptionToken", namespaces=NS)
    assert len(part.findall(".//o:header", NS)) == 2
    rest = ask(client, verb="ListIdentifiers", resumptionToken=token)
    assert len(rest.findall(".//o:header", NS)) == 1
    assert rest.findtext(".//o:resumptionToken", namespaces=NS) == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Sing"}, "badVerb"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "Identify", "extra": "1"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2027-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "of another house"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:9/9"}, "idDoesNotExist"),
        ({"verb": "ListSets"}, "noSetHierarchy"),
    ],
)
def test_errors_of_the_protocol(event: Event, client: FlaskClient, arguments: dict[str, str], code: str) -> None:
    printed(event, "open", 1)
    assert ask(client, **arguments).find(".//o:error", NS).get("code") == code


def test_as_many_questions_for_three_as_for_one(event: Event, client: FlaskClient, queries: QueryCounter) -> None:
    printed(event, "one", 1)
    with queries:
        ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    one = queries.count
    printed(event, "three", 2)
    with queries:
        ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert queries.count == one < 10
    until = (NOW - timedelta(days=1)).date().isoformat()
    refused = ask(client, verb="ListRecords", metadataPrefix="oai_dc", until=until)
    assert refused.find(".//o:error", NS).get("code") == "noRecordsMatch"
