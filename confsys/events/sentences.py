"""What happened to an event, as sentences; %(…)s are facts of the entry."""

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, Lazy | str] = {
    "events.created": _l("created the event"),
    "events.cloned": _l("created the event from “%(source)s”"),
    "events.edited": _l("edited the basics"),
    "events.stage_moved": _l("set the dates of the stage “%(stage)s”"),
    "events.stage_removed": _l("took away the stage “%(stage)s”"),
    "events.step_done": _l("finished the set-up step “%(step)s”"),
    "events.published": _l("published the event"),
    "events.taken_back": _l("took the event back to a draft"),
    "events.archived": _l("archived the event"),
    "events.rules_changed": _l("changed the rules of “%(room)s”"),
    "events.tracks_changed": _l("changed tracks and topics"),
    "events.field_saved": _l("saved the form field “%(key)s”"),
    "events.field_removed": _l("removed the form field “%(key)s”"),
    "events.page_saved": _l("saved the page “%(key)s”"),
    "events.page_removed": _l("removed the page “%(key)s”"),
    "events.role_invited": _l("invited %(who)s as %(role)s"),
    "events.role_reminded": _l("sent the invitation of %(who)s again"),
    "events.role_accepted": _l("accepted the role %(role)s"),
    "events.role_declined": _l("declined the role %(role)s"),
    "events.role_withdrawn": _l("withdrew the role %(role)s of %(who)s"),
    "events.role_shown": _l("changed how %(who)s is shown"),
    "events.co_host": _l("set what %(who)s carries"),
    "events.co_host_removed": _l("took %(who)s off the list of hosts"),
}
