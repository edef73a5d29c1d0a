"""Languages: which one a reader gets, and the words of the two.

Each room has a catalogue of its own, and the same English word may need another Chinese one elsewhere ("Code" is
验证码 where one signs in and 票码 on a ticket). So a word is looked up first in the catalogue of the room that says it
(known by the module or the template it stands in), then in that of core, then in all others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import escape

from confsys.core import catalogues

__all__ = ["Lazy", "current_locale", "force_locale", "gettext", "gettext_in", "lazy_gettext", "ngettext"]

LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
CORE = "core"
babel = Babel()


class Lazy(LazyString):  # type: ignore[misc]  # Flask-Babel has no types
    """A message that is translated when it is read.

    Flask-Babel's own says of itself that it is safe HTML, whatever was put into its placeholders; ours is escaped
    like any other text.
    """

    def __html__(self) -> str:
        return escape(str(self))


def lazy_gettext(message: str, /, **values: Any) -> Lazy:
    return Lazy(gettext_in, _room_of(sys._getframe(1).f_globals["__name__"]), message, **values)


def configure(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config["BABEL_DEFAULT_LOCALE"] = settings.locale
    app.config["BABEL_DEFAULT_TIMEZONE"] = "UTC"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(path) for path in catalogues.compiled())
    babel.init_app(app, locale_selector=select_locale)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # what the i18n extension adds
        _in_template(gettext_in), _in_template(_counted), newstyle=True
    )


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


@lru_cache(maxsize=4096)
def _room_of(name: str) -> str:
    """The room of a module (``confsys.events.views.site``) or of a template (``events/site/about.html``)."""
    parts = name.split(".") if "/" not in name else ["", *name.split("/")]
    return parts[1] if len(parts) > 2 and parts[0] in {"", "confsys"} and _has_words(parts[1]) else CORE


@lru_cache
def _has_words(room: str) -> bool:
    return catalogues.Room(room).po.exists()


@lru_cache
def _words_of(room: str) -> NullTranslations:
    """A room's own words and, behind them, core's. What neither has is asked of all rooms together."""
    found = Translations.load(str(catalogues.FOLDER / room), ["zh"])
    if room != CORE:
        found.add_fallback(_words_of(CORE))
    return found


def _chosen(room: str, ask: Callable[[Any], str], unchanged: str) -> str:
    if current_locale() != "zh":
        return unchanged
    said = ask(_words_of(room))
    return said if said != unchanged else ask(get_translations())


def gettext_in(room: str, message: str, /, **values: Any) -> str:
    """The message as ``room`` says it in the reader's language, with its named values."""
    said = _chosen(room, lambda words: str(words.ugettext(message)), message)
    return said % values if values else said


def _counted(room: str, one: str, many: str, n: int) -> str:
    return _chosen(room, lambda words: str(words.ungettext(one, many, n)), one if n == 1 else many)


def _in_template(say: Callable[..., str]) -> Callable[..., str]:
    """``say`` for the templates of a room; Jinja puts the values in."""

    @pass_context
    def said(context: Context, *message: Any) -> str:
        return say(_room_of(context.name or ""), *message)

    return said


def gettext(message: str, /, **values: Any) -> str:
    """The message in the reader's language, with its named values."""
    return gettext_in(_room_of(sys._getframe(1).f_globals["__name__"]), message, **values)


def ngettext(one: str, many: str, n: int, /, **values: Any) -> str:
    """The message for a count; ``%(num)s`` is the count itself."""
    said = _counted(_room_of(sys._getframe(1).f_globals["__name__"]), one, many, n)
    return said % {"num": n, **values}
