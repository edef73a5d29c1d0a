"""What a page in the room gets when something is new: the shared part, drawn once a revision and language.

Everybody's is the same, so five hundred telephones cost one drawing; what is a reader's own (their votes) the page
keeps itself.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

_KEPT = 200
_drawn: OrderedDict[tuple[str, int, str, str], str] = OrderedDict()
_lock = threading.Lock()


def shared(channel: str, revision: int, locale: str, kind: str, draw: Callable[[], str]) -> str:
    """The part under this revision, drawn when it is asked for first."""
    key = (channel, revision, locale, kind)
    with _lock:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    html = draw()
    with _lock:
        _drawn[key] = html
        while len(_drawn) > _KEPT:
            _drawn.popitem(last=False)
    return html
