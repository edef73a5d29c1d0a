"""The application, put together. Read it as a table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from confsys import settings as settings_table
from confsys.core import access, db, errors, formatting, health, i18n, limits, pages, queue, security, views
from confsys.core.files import storage
from confsys.core.registry import Feature
from confsys.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None, features: Sequence[Feature] | None = None) -> Flask:
    """A configured application. Raises SettingError or RouteWithoutRule rather than start unsafely."""
    app = Flask("confsys", root_path=str(ROOT / "confsys"), template_folder="../templates", static_folder="../static")
    app.extensions["settings"] = settings or settings_table.read()
    _configure_templates(app)
    security.configure(app)
    db.configure(app)
    i18n.configure(app)
    formatting.configure(app)
    limits.configure(app)
    queue.configure(app)
    storage.configure(app)
    pages.configure(app)
    _add_core_pages(app)
    _add_features(app, features)
    _serve_static(app)
    access.check_routes(app)
    return app


def _configure_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.policies["ext.i18n.trimmed"] = True


def _add_core_pages(app: Flask) -> None:
    app.register_blueprint(health.bp)
    app.register_blueprint(views.bp)


def _add_features(app: Flask, features: Sequence[Feature] | None) -> None:
    if features is None:
        # The rooms import the whole product; a caller that brings its own list does not need them.
        from confsys.features import FEATURES  # noqa: PLC0415

        features = FEATURES
    app.extensions["features"] = list(features)
    for feature in features:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
        for name, sentence in feature.constraints.items():
            errors.constraint_says(name, sentence)
        for command in feature.commands:
            app.cli.add_command(command)
        if feature.setup is not None:
            feature.setup(app)


def _serve_static(app: Flask) -> None:
    """Static files straight from the server process, with long caching for vendored ones."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the documented way to wrap
        app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=3600
    )
