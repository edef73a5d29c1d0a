"""Headers on every answer, and what a session cookie may do."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

csrf = CSRFProtect()
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def configure(app: Flask) -> None:
    settings = app.extensions["settings"]
    address = urlsplit(settings.base_url)
    app.config.update(
        # Mail and jobs write addresses too, and they have no request to take the host from.
        SERVER_NAME=address.netloc,
        PREFERRED_URL_SCHEME=address.scheme,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="confsys",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch still saves; the token lives with the session
        WTF_CSRF_SSL_STRICT=settings.secure,
    )
    csrf.init_app(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.headers["Content-Security-Policy"] != CONTENT_SECURITY_POLICY:
        # A served document brings its own, stricter policy and says itself who may frame it.
        response.headers.pop("X-Frame-Options", None)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if response.mimetype == "text/html":
        # Pages differ by reader: no shared cache may keep one.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Cookie")
    return response
