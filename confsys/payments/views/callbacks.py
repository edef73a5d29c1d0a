"""Messages of providers: no session and no token, but a signature."""

from __future__ import annotations

from flask import Response, g, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access, anyone
from confsys.core.security import csrf
from confsys.core.viewer import Viewer
from confsys.payments import providers
from confsys.payments.operations.paying import take_notice
from confsys.payments.providers.base import Forged, Provider
from confsys.payments.views.blueprint import bp


def _provider(_viewer: Viewer, provider: str) -> Provider:
    found = next((one for one in providers.offered() if one.key == provider), None)
    if found is None:
        raise NotFound
    return found


@bp.post("/pay/callbacks/<any(simulator, stripe):provider>")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@access(_provider, anyone)
def callback(provider: Provider) -> Response:
    """Whoever cannot sign is answered 400 and nothing is looked at."""
    try:
        notice = provider.read(dict(request.headers), request.get_data(), at=g.now)
    except Forged:
        return Response("not signed\n", 400, mimetype="text/plain")
    if notice is not None:
        take_notice(provider.key, notice, at=g.now)
    return Response("success", mimetype="text/plain")
