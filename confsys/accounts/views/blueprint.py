"""The blueprint that the pages of this room hang on."""

from __future__ import annotations

from flask import Blueprint

from confsys.accounts import sessions
from confsys.accounts.models import Person
from confsys.core.viewer import Viewer

bp = Blueprint("accounts", __name__)


def myself(viewer: Viewer) -> Person | None:
    """Loader of the pages about oneself; None for a visitor, whom ``only_me`` sends to sign in."""
    return sessions.current_person() if viewer.signed_in else None
