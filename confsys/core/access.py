"""Who may open which page. Default deny: a route without a rule keeps the application from starting.

``@access(load, rule)`` on a view means: ``load`` turns the address into the thing it names together with the
viewer's standing to it (or raises NotFound); ``rule`` decides; only then the view runs, with what was loaded.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

from flask import Flask, abort, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from confsys.core.decisions import ALLOW, Decision, Deny, Refused
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer, current_viewer

S = TypeVar("S")
View = Callable[..., Any]


class RouteWithoutRule(RuntimeError):
    """A route was registered that does not say who may open it."""


def access(load: Callable[..., S], rule: Callable[[S], Decision]) -> Callable[[View], View]:
    """Guard a view. ``load`` gets the viewer and the address's values; the view gets what it returns."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(**address: Any) -> Any:
            subject = load(current_viewer(), **address)
            answer = rule(subject)
            if isinstance(answer, Deny):
                return _turned_away(answer)
            return view(subject)

        guarded.__access__ = (load, rule)  # type: ignore[attr-defined]  # read by check_routes and the route walk
        return guarded

    return guard


def _turned_away(denial: Deny) -> Response:
    """A visitor who might be allowed once signed in goes there first; others get the one refusal."""
    if _might_sign_in():
        return _to_sign_in()
    if denial.hidden:
        raise NotFound
    raise Refused(denial)


def _might_sign_in() -> bool:
    return not current_viewer().signed_in and request.method == "GET"


def _to_sign_in() -> Response:
    return redirect(url_for("accounts.sign_in") + "?next=" + quote(request.full_path.rstrip("?")))


def missing() -> NoReturn:
    """For loaders of what must not be known to exist: a visitor is sent to sign in, as for one that does exist."""
    if _might_sign_in():
        abort(_to_sign_in())
    raise NotFound


def viewer_only(viewer: Viewer) -> Viewer:
    """Loader of pages that depend on nobody but the reader."""
    return viewer


def anyone(_subject: object) -> Decision:
    return ALLOW


def signed_in(viewer: Viewer) -> Decision:
    return ALLOW if viewer.signed_in else Deny(_l("Please sign in first."))


def site_admin(viewer: Viewer) -> Decision:
    return ALLOW if viewer.is_admin else Deny(hidden=True)


#: For pages that are the same for everybody: sign-in, health, the list of public events.
public = access(viewer_only, anyone)


def check_routes(app: Flask) -> None:
    """Refuse to start when a route has no rule. Flask's own static route serves only public files."""
    bare = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "__access__")
    )
    if bare:
        raise RouteWithoutRule(f"routes without an access rule: {', '.join(bare)}")
