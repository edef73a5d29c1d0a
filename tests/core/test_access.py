"""Default deny: no route without a rule; a hidden thing answers like a missing one."""

import dataclasses
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from confsys.app import create_app
from confsys.core.access import RouteWithoutRule, access, public, viewer_only
from confsys.core.db import db
from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, all_of, any_of
from confsys.core.registry import Feature
from tests import factories


@contextmanager
def _app_with(app: Flask, blueprint: Blueprint) -> Iterator[Flask]:
    """An application of its own, whose connections end with it."""
    given = dataclasses.replace(app.extensions["settings"])
    from confsys.accounts.feature import feature as accounts

    made = create_app(given, [accounts, Feature(name="tests", blueprints=[blueprint])])
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_the_application_does_not_start_with_an_unguarded_route(app: Flask) -> None:
    bp = Blueprint("tests", __name__)
    bp.add_url_rule("/open", "open", lambda: "anybody")
    with pytest.raises(RouteWithoutRule, match=r"tests\.open"), _app_with(app, bp):
        pass


def _without_address(page: str) -> str:
    """A page without the two things that say which page was asked for and when."""
    return re.sub(r'name="(next|csrf_token|csrf-token)" (value|content)="[^"]*"', "", page)


def test_hidden_and_missing_answer_alike(app: Flask) -> None:
    bp = Blueprint("tests", __name__)

    @bp.get("/hidden")
    @access(viewer_only, lambda _viewer: HIDDEN)
    def hidden(_viewer: object) -> str:
        return "secret"

    @bp.get("/closed")
    @access(viewer_only, lambda _viewer: Deny("The call is over."))
    def closed(_viewer: object) -> str:
        return "secret"

    with _app_with(app, bp) as made:
        client = factories.sign_in(made.test_client(), factories.person())
        hidden_answer, missing, refusal = client.get("/hidden"), client.get("/nowhere"), client.get("/closed")
    assert (hidden_answer.status_code, missing.status_code) == (404, 404)
    assert _without_address(hidden_answer.text) == _without_address(missing.text)
    assert refusal.status_code == 403
    assert "The call is over." in refusal.text


def test_a_visitor_is_sent_to_sign_in_and_back(app: Flask) -> None:
    bp = Blueprint("tests", __name__)

    @bp.get("/mine")
    @access(viewer_only, lambda viewer: ALLOW if viewer.signed_in else HIDDEN)
    def mine(_viewer: object) -> str:
        return "mine"

    with _app_with(app, bp) as made:
        answer = made.test_client().get("/mine?a=1")
    assert answer.status_code == 302
    assert answer.location.endswith("next=/mine%3Fa%3D1")


def test_rules_combine() -> None:
    def yes(_standing: object) -> Decision:
        return ALLOW

    def late(_standing: object) -> Decision:
        return Deny("late")

    def hidden(_standing: object) -> Decision:
        return HIDDEN

    assert all_of(yes, late)(None) == Deny("late")
    assert any_of(hidden, late)(None) == Deny("late")
    assert any_of(hidden, yes)(None) is ALLOW


def test_every_answer_carries_the_headers(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.json == {"status": "up"}


def test_readyz_names_what_is_not_reachable(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").json["status"] == "ready"

    class Broken:
        def check(self) -> None:
            raise OSError("disk full")

    monkeypatch.setitem(app.extensions, "file_store", Broken())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["storage"] == "not reachable: OSError"


def test_public_pages_need_nobody() -> None:
    assert public(lambda _viewer: "x").__access__
