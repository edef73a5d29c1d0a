"""Who tries an author's pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.accounts.models import Person
from tests import factories


@pytest.fixture
def me(app: Flask) -> Person:
    return factories.person("Mei", "Lin", "林梅")


@pytest.fixture
def browser(client: FlaskClient, me: Person) -> FlaskClient:
    return factories.sign_in(client, me)
