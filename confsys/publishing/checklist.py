"""What authors look at once more before their paper is printed: data, so that an item is one line."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

#: key -> sentence. The keys are kept with the paper and never change their meaning.
ITEMS: dict[str, Lazy] = {
    "comments": _l("What reviewers and chairs asked for is worked in."),
    "names": _l("Title, names, their order and institutions in the file are those of the record below."),
    "unblinded": _l("What was left out for the blind review is back: names, acknowledgements, funding."),
    "figures": _l("Figures and tables can be read in print, in black and white too."),
    "rights": _l("Pictures, tables and long quotations of others are used with permission and name their source."),
    "references": _l("Every reference is complete and is cited in the text."),
    "clean": _l("The file has no page numbers, running heads, line numbers or tracked changes of its own."),
}


def whole(checked: list[str]) -> bool:
    return set(ITEMS) <= set(checked)
