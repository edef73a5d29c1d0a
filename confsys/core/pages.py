"""What every page has around it, and the pages that say no."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, InternalServerError

from confsys.core import queue
from confsys.core.decisions import Deny, Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.i18n import LANGUAGE_NAMES, Lazy, current_locale
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.later import Later
from confsys.core.registry import contributed
from confsys.core.viewer import current_viewer

#: What an error page says: (title, explanation).
_WORDS: dict[int, tuple[Lazy, Lazy]] = {
    400: (
        _l("We could not read that request"),
        _l("Please go back, reload the page and try again. Nothing was changed."),
    ),
    403: (_l("This door is closed to you"), _l("Your account does not open this page.")),
    404: (
        _l("There is nothing here"),
        _l("The page does not exist, or it is not open to you. Check the address, or begin at your home page."),
    ),
    405: (_l("That cannot be done here"), _l("Please go back and use the buttons of the page.")),
    409: (
        _l("Somebody was faster"),
        _l("This was changed by somebody else in the meantime. Your change was not saved."),
    ),
    413: (_l("This file is too large"), _l("Nothing was saved. Please make the file smaller and send it again.")),
    429: (
        _l("Please wait a moment"),
        _l("That was tried very often in a short time. Try again in a few minutes."),
    ),
    500: (
        _l("Something went wrong on our side"),
        _l("Nothing was changed. The fault has been noted; please try again later."),
    ),
}


def _words(code: int) -> tuple[str, str]:
    title, text = _WORDS.get(code, (_l("That did not work"), _l("Nothing was changed.")))
    return str(title), str(text)


def configure(app: Flask) -> None:
    app.context_processor(_context)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleVersion, _stale)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(Exception, _unexpected)


def _context() -> dict[str, Any]:
    settings = current_app.extensions["settings"]
    locale = current_locale()
    return {
        "locale": locale,
        "html_lang": "zh-Hans" if locale == "zh" else "en",
        "society_name": settings.society_zh if locale == "zh" else settings.society_en,
        "viewer": current_viewer(),
        "current_event": g.get("current_event"),
        "event_nav": g.get("event_nav", []),
        "society_nav": Later(_society_words),
        "my_events": g.get("my_events", []),
        "language_links": [
            {"code": code, "label": label, "active": code == locale} for code, label in LANGUAGE_NAMES.items()
        ],
        "footer_notes": _footer_notes(),
        "demo": settings.demo,
        "csrf_token": generate_csrf,
        "now": g.get("now"),
    }


def _society_words() -> list[dict[str, Any]]:
    """The words of a page that belongs to no event; the one whose address the page lies under is active."""
    if g.get("current_event"):
        return []
    items, path = contributed("society", current_viewer()), request.path
    under = [i for i in items if path == i.href or (i.href != "/" and path.startswith(i.href.rstrip("/") + "/"))]
    active = max(under, key=lambda item: len(item.href), default=None)
    return [{"label": item.label, "href": item.href, "badge": item.badge, "active": item is active} for item in items]


def _footer_notes() -> list[str]:
    if g.get("is_organiser") and queue.in_process():
        return [_("Background jobs run inside the web process: no queue server was found.")]
    return []


def error_page(code: int, title: str, text: str, *, hint: str = "", kept: str = "") -> tuple[str, int]:
    return render_template("error.html", code=code, title=title, text=text, hint=hint, kept=kept), code


def _http_error(error: HTTPException) -> tuple[str, int] | Any:
    if error.response is not None:  # a redirect raised on the way
        return error.response
    code = error.code or 500
    return error_page(code, *_words(code))


def _csrf_error(_error: CSRFError) -> tuple[str, int]:
    return error_page(
        400, _("The page was open too long"),
        _("For your safety the form must be sent again. Go back, copy what you typed if needed, and reload the page."),
    )  # fmt: skip


def _refused(error: Refused) -> tuple[str, int]:
    denial: Deny = error.denial
    if denial.hidden:
        return error_page(404, *_words(404))
    hint = str(denial.who_can) if denial.who_can else ""
    return error_page(
        403,
        _("This is closed at the moment") if denial.who_can else _words(403)[0],
        str(denial.reason),
        hint=hint,
    )


def _stale(_error: StaleVersion) -> tuple[str, int]:
    kept = "\n\n".join(
        value for key, value in request.form.items() if key not in {"csrf_token", "version"} and len(value) > 30
    )
    return error_page(409, *_words(409), kept=kept)


def _invalid(error: Invalid) -> tuple[str, int]:
    return error_page(422, _("This cannot be saved as it is"), " ".join(str(text) for text in error.fields.values()))


def _unexpected(error: Exception) -> tuple[str, int]:
    current_app.logger.exception("unexpected error at %s", request.path, exc_info=error)
    code = InternalServerError.code
    return error_page(code, *_words(code))


def notice(text: Lazy | str, tone: str = "success") -> None:
    """A line at the top of the next page: success, info, warning or error."""
    flash(str(text), tone)


def local_target(target: str | None, otherwise: str) -> str:
    """Where to go next, never to another site."""
    if not target:
        return otherwise
    parts = urlsplit(target)
    safe = not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if safe else otherwise


def back(endpoint: str, **values: Any) -> Response:
    """A redirect after a POST. 303: the next request is a GET."""
    return redirect(url_for(endpoint, **values), code=303)  # type: ignore[return-value]  # Flask's own Response


def remember_language(code: str) -> None:
    """Keep the chosen language for this session."""
    if code in LANGUAGE_NAMES:
        session["locale"] = code
