"""The event that registration is tested at."""

import pytest
from flask import Flask

from confsys.events.models import Event
from confsys.events.states import StageKind
from tests import factories


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am26")
    factories.stage(made, StageKind.REGISTRATION, due_in=60)
    return made
