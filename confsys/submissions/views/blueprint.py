"""Where the room's pages hang."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app

from confsys.core.countries import name_of
from confsys.core.decisions import Decision
from confsys.submissions.context import PaperPage
from confsys.submissions.standing import PaperStanding

bp = Blueprint("submissions", __name__, url_prefix="/events/<slug>")


@bp.context_processor
def _words() -> dict[str, Any]:
    limit = current_app.extensions["settings"].upload_limit_mb
    return {"country_name": name_of, "upload_limit": f"{limit} MB"}


#: Pages across events.
mine = Blueprint("my_papers", __name__)


def by_paper(rule: Callable[[PaperStanding], Decision]) -> Callable[[PaperPage], Decision]:
    """Make a rule over standings a rule over pages."""
    return lambda page: rule(page.standing)
