"""Who may read which report. Nothing here asks the database."""

from __future__ import annotations

from confsys.core.decisions import Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding

#: Offices of the society that read its yearly report.
READERS = frozenset({"secretary", "treasurer", "admin"})
FROZEN = Deny(
    _l("This report is frozen: its figures do not change any more."), who_can=_l("You can make a new one beside it.")
)


def may_read_year(viewer: Viewer) -> Decision:
    return allow_if(viewer.complete and not READERS.isdisjoint(viewer.site_roles))


def may_read_exchange(standing: EventStanding) -> Decision:
    """An event's report is its organisers' own."""
    return allow_if(standing.is_organiser)


def may_freeze(made: bool, frozen: bool) -> Decision:
    if frozen:
        return FROZEN
    return allow_if(made, Deny(_l("There are no figures to freeze yet.")))
