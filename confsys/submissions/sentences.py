"""What happened to a paper, told: sentences of audit actions."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

#: For anybody who reads the event's log.
SENTENCES: dict[str, Lazy | str] = {
    "submission.start": _l("Paper %(number)s was begun."),
    "submission.save": _l("The draft of paper %(number)s was saved."),
    "submission.edit": _l("Paper %(number)s was changed."),
    "submission.correct": _l("The record of paper %(number)s was corrected by the organisers."),
    "submission.submit": _l("Paper %(number)s was submitted."),
    "submission.file": _l("A file of paper %(number)s was received."),
    "submission.withdraw": _l("Paper %(number)s was withdrawn: %(reason)s"),
    "submission.revive": _l("Paper %(number)s was brought back."),
    "submission.discard": _l("The draft of paper %(number)s was thrown away."),
    "submission.link": _l("%(name)s signed in and found paper %(number)s."),
    "submission.accepted": _l("Paper %(number)s was accepted."),
    "submission.rejected": _l("Paper %(number)s was not accepted."),
    "submission.outcome_cleared": _l("The outcome of paper %(number)s was taken back."),
    "submission.import": _l("Paper %(number)s was imported."),
    "submission.imported": _l("%(papers)s papers were imported."),
    "submission.rules": _l("The rules for submissions were changed."),
    "conflict.declare": _l("A conflict of interest was set for paper %(number)s."),
    "conflict.dismiss": _l("A conflict of interest of paper %(number)s was dismissed."),
    "conflict.confirm": _l("A conflict of interest of paper %(number)s was confirmed."),
    "conflict.dispute": _l("A conflict of interest of paper %(number)s was disputed."),
    "conflict.reinstate": _l("A conflict of interest of paper %(number)s was set again."),
}

#: For the paper's own page, where its number need not be said again. Only these actions are told there: whatever
#: another room records about a submission stays unsaid until somebody has thought about who may know it.
STORY = {
    "submission.start": _l("The paper was begun."),
    "submission.save": _l("The draft was saved: %(parts)s."),
    "submission.edit": _l("The paper was changed: %(parts)s."),
    "submission.correct": _l("The record was corrected: %(parts)s."),
    "submission.submit": _l("The paper was submitted."),
    "submission.file": _l("%(kind)s received, version %(version_number)s."),
    "submission.withdraw": _l("The paper was withdrawn: %(reason)s"),
    "submission.revive": _l("The paper was brought back."),
    "submission.link": _l("%(name)s signed in and found the paper."),
    "submission.accepted": _l("The paper was accepted."),
    "submission.rejected": _l("The paper was not accepted."),
    "submission.outcome_cleared": _l("The decision was taken back."),
    "submission.import": _l("The paper was imported."),
}
STORY_TONES = {
    "submission.submit": "open",
    "submission.revive": "open",
    "submission.accepted": "done",
    "submission.correct": "waiting",
    "submission.outcome_cleared": "waiting",
}
