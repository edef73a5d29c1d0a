"""The accents an organiser chooses from; their contrast is checked with the design system."""

from confsys.core.i18n import lazy_gettext as _l

ACCENTS = {
    "teal": _l("teal"),
    "blue": _l("blue"),
    "indigo": _l("indigo"),
    "plum": _l("plum"),
    "wine": _l("wine"),
    "brick": _l("brick"),
    "ochre": _l("ochre"),
    "moss": _l("moss"),
    "pine": _l("pine"),
    "slate": _l("slate"),
}
