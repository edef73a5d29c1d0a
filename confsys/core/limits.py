"""How often an address or a person may try. Counted in Redis where there is one, else in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from confsys.core.viewer import current_viewer

SIGN_IN = "20 per minute; 200 per hour"
ACCOUNT = "10 per minute; 60 per hour"
UPLOAD = "60 per minute"
F = TypeVar("F", bound=Callable[..., Any])


def _who() -> str:
    person_id = current_viewer().person_id
    return f"person:{person_id}" if person_id is not None else f"address:{get_remote_address()}"


limiter = Limiter(key_func=_who, default_limits=[])


def on_post(limit: str, key: Callable[[], str] = _who) -> Callable[[F], F]:
    """Limit only submitted forms: looking at a page is free. ``key`` names what is counted, by default the reader."""

    def looking() -> bool:
        return request.method in {"GET", "HEAD"}

    return cast("Callable[[F], F]", limiter.limit(limit, key_func=key, exempt_when=looking))


def configure(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config["RATELIMIT_ENABLED"] = settings.rate_limits
    address = settings.redis_url.replace("unix://", "redis+unix://", 1) or "memory://"
    app.config["RATELIMIT_STORAGE_URI"] = address
    # A queue that is away must not close the door: counting then goes on in this process.
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(settings.redis_url)
    limiter.init_app(app)
