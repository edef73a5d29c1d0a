"""Decision letters as text: named places that are filled, and the words used until an event has its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from confsys.core.i18n import force_locale
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.reviewing.states import Outcome

#: What a letter may name, and what each place is filled with.
PLACES = {
    "name": _l("the author the letter is addressed to"),
    "number": _l("the number of the paper"),
    "title": _l("the title of the paper"),
    "event": _l("the name of the event"),
    "presentation": _l("how the paper is presented"),
    "comment": _l("the chairs' comment"),
    "reviews": _l("the reviews, as far as authors may read them"),
    "deadline": _l("until when the camera-ready paper is due"),
    "link": _l("the address of the page with decision and reviews"),
}
_PLACE = re.compile(r"%\(([a-z_]*)\)s")


def unknown_places(text: str) -> list[str]:
    """Places named in ``text`` that nothing fills, in order, each once."""
    return list(dict.fromkeys(name for name in _PLACE.findall(text) if name not in PLACES))


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its places filled. A line that only holds a place without a value is left out."""
    lines = []
    for line in text.splitlines():
        names = _PLACE.findall(line)
        if names and line.strip() == f"%({names[0]})s" and not values.get(names[0]):
            continue
        lines.append(_PLACE.sub(lambda place: values.get(place.group(1), place.group(0)), line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def default(outcome: Outcome, locale: str) -> tuple[str, str]:
    """(subject, body) of the product's own letter, in one language."""
    with force_locale(locale):
        subject = _("%(event)s: decision on paper %(number)s")
        greeting = _("Dear %(name)s,")
        closing = _("The programme chairs of %(event)s")
        comment = "%(comment)s"
        if outcome is Outcome.ACCEPT:
            news = _("we are glad to tell you that your paper “%(title)s” (number %(number)s) has been accepted.")
            more = [_("Kind of presentation: %(presentation)s"), _("The camera-ready paper is due %(deadline)s.")]
        else:
            news = _("we are sorry to tell you that your paper “%(title)s” (number %(number)s) could not be accepted.")
            more = [_("We thank you for your submission and hope that the reviews help you with your work.")]
        page = _("Decision and reviews: %(link)s")
    return subject, "\n\n".join([greeting, news, *more, comment, page, "%(reviews)s", closing])
