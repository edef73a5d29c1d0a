"""What this room brings into the house."""

from __future__ import annotations

from flask import Flask

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Feature
from confsys.reviewing import contributions, jobs
from confsys.reviewing.importing import register_extras
from confsys.reviewing.listening import listen
from confsys.reviewing.reporting import report
from confsys.reviewing.sample import tell
from confsys.reviewing.sentences import SENTENCES
from confsys.reviewing.views import (
    assigning,
    author,
    board,
    delegating,
    explaining,
    inviting,
    matching,
    objecting,
    people,
    review,
    reviewer,
    tables,
    telling,
)
from confsys.reviewing.views.blueprints import chair, reviews, verdicts
from confsys.submissions.contributions import contribute

#: Modules that register their pages and jobs by being imported.
PARTS = (
    assigning,
    author,
    board,
    delegating,
    explaining,
    inviting,
    jobs,
    matching,
    objecting,
    people,
    review,
    reviewer,
    tables,
    telling,
)


contribute(contributions.for_authors)


def _configure(_app: Flask) -> None:
    listen()
    register_extras()


feature = Feature(
    name="reviewing",
    blueprints=[reviews, verdicts, chair],
    navigation=contributions.navigation,
    home=contributions.home,
    overview=contributions.overview,
    report=report,
    sentences=SENTENCES,
    sample=tell,
    constraints={
        "uq_assignment_submission_id_person_id": _l("This reviewer has the paper already."),
        "uq_delegation_open": _l("You have asked for this paper already. Take that request back first."),
        "uq_bid_submission_id_person_id": _l("Your bid was saved at the same moment from another page."),
        "uq_decision_submission_id": _l("Another chair decided at the same moment. Look at the decision first."),
        "uq_review_assignment_id": _l("Your review was saved at the same moment from another page."),
        "uq_letter_template_event_id_outcome_locale": _l("Another chair saved this letter at the same moment."),
    },
    setup=_configure,
)
