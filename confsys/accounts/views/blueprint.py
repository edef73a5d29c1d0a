"""The blueprint that the pages of this room hang on."""

from __future__ import annotations

from flask import Blueprint

from confsys.accounts.models import Person
from confsys.accounts.queries.profile import own_person
from confsys.core.viewer import Viewer

bp = Blueprint("accounts", __name__)


def myself(viewer: Viewer) -> Person | None:
    """Loader of the pages about oneself; None for a visitor, whom ``only_me`` sends to sign in."""
    return own_person(viewer.person_id) if viewer.person_id is not None else None
