"""Drawn parts of public pages, kept in memory: a release never changes, so its parts are drawn once a language."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from flask import Response, g, make_response, request, session
from markupsafe import Markup

#: Characters of HTML kept altogether in one process.
_ROOM = 24_000_000
_kept: OrderedDict[Hashable, str] = OrderedDict()
_size = 0
_lock = threading.Lock()


def fragment(key: Hashable, draw: Callable[[], str]) -> Markup:
    """The part under ``key``, drawn when it is asked for first. The key names all it depends on."""
    global _size
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return Markup(_kept[key])  # noqa: S704  drawn by a template
    drawn = draw()
    with _lock:
        if key not in _kept:
            _kept[key] = drawn
            _size += len(drawn)
        while _size > _ROOM and len(_kept) > 1:
            _, old = _kept.popitem(last=False)
            _size -= len(old)
    return Markup(drawn)  # noqa: S704  drawn by a template


def revalidated(html: str) -> Response:
    """The page with an ETag of what it shows, answered by 304 to a reader who has it already.

    The token against forged posts is written anew into every page; it counts here as what it stands for.
    """
    token = str(g.get("csrf_token", ""))
    shown = html.replace(token, str(session.get("csrf_token", ""))) if token else html
    response = make_response(html)
    response.set_etag(hashlib.sha1(shown.encode(), usedforsecurity=False).hexdigest(), weak=True)
    response.make_conditional(request)
    return response
