"""Languages: which one a reader gets, and the words of the two."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext
from flask_babel.speaklater import LazyString
from markupsafe import escape

from confsys.core import catalogues

__all__ = ["Lazy", "current_locale", "force_locale", "gettext", "lazy_gettext", "ngettext"]

LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
babel = Babel()


class Lazy(LazyString):  # type: ignore[misc]  # Flask-Babel has no types
    """A message that is translated when it is read.

    Flask-Babel's own says of itself that it is safe HTML, whatever was put into its placeholders; ours is escaped
    like any other text.
    """

    def __html__(self) -> str:
        return escape(str(self))


def lazy_gettext(message: str, **values: Any) -> Lazy:
    return Lazy(gettext, message, **values)


def configure(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config["BABEL_DEFAULT_LOCALE"] = settings.locale
    app.config["BABEL_DEFAULT_TIMEZONE"] = "UTC"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(path) for path in catalogues.compiled())
    babel.init_app(app, locale_selector=select_locale)


def select_locale() -> str | None:
    """The reader's language: what they chose, their profile, their browser, the society's."""
    if not has_request_context():
        return None  # the default
    chosen: str | None = session.get("locale") or getattr(g, "profile_locale", None)
    if chosen in LANGUAGE_NAMES:
        return chosen
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans", "zh-TW"])
    return best[:2] if best else None


def current_locale() -> str:
    """'en' or 'zh', inside or outside a request."""
    locale: Any = get_locale()
    return "zh" if locale is not None and locale.language == "zh" else "en"


def gettext(message: str, **values: Any) -> str:
    """The message in the reader's language, with its named values."""
    return str(_gettext(message, **values))


def ngettext(one: str, many: str, n: int, **values: Any) -> str:
    """The message for a count; ``%(num)s`` is the count itself."""
    return str(_ngettext(one, many, n, **values))
