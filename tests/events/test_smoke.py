"""Every page of the two rooms draws, in both languages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from confsys.accounts.models import Person
from tests import factories

VISITOR = ["/", "/sign-in", "/sign-up", "/reset", "/events/past"]
ADMIN = [
    "/home",
    "/account",
    "/account/emails",
    "/account/affiliations",
    "/account/publications",
    "/account/relations",
    "/account/security",
    "/events/new",
    "/events/new/annual_meeting",
]
EVENT = [
    "",
    "call",
    "dates",
    "committees",
    "contact",
    "organise",
    "organise/story",
    "settings/basics",
    "settings/stages",
    "settings/tracks",
    "settings/forms",
    "settings/forms/review/new",
    "settings/pages",
    "settings/publish",
    "people",
    "people/invite",
    "clone",
]


def zh(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept-Language": "zh"})
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


@pytest.mark.parametrize("path", VISITOR)
def test_a_visitor_sees(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200
    assert 'lang="zh-Hans"' in zh(client, path)


@pytest.fixture
def admin(client: FlaskClient) -> Person:
    someone = factories.admin(native="张伟", given="Wei", family="Zhang")
    factories.sign_in(client, someone)
    return someone


@pytest.mark.parametrize("path", ADMIN)
def test_an_administrator_sees(client: FlaskClient, admin: Person, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_new_event_is_whole_at_once(client: FlaskClient, admin: Person) -> None:
    given = {
        "name_en": "AM",
        "slug": "am26",
        "starts_on": "2026-10-10",
        "ends_on": "2026-10-12",
        "zone": "Asia/Shanghai",
        "acronym": "AM 26",
    }
    made = client.post("/events/new/annual_meeting", data=given)
    assert made.status_code == 303
    assert client.get(made.location).location == "/events/am26/settings/basics"
    for path in EVENT:
        assert client.get(f"/events/am26/{path}").status_code == 200, path
