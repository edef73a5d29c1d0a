"""A small application that shows every template and macro with invented content: the living style guide.

It stands in for the product: the globals and filters that confsys.core gives to templates are here in their simplest
form. Run it to look at the pages: ``python -m tests.look.gallery``.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from flask import Flask, Response, current_app, jsonify, render_template, request, session
from flask_babel import Babel, get_locale, gettext
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup, escape

from confsys.core import catalogues
from tests.look import content
from tests.look.forms import PaperForm, SignInForm

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (Path(__file__).parent / "pages").glob("*.html"))
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"
)


def _locale() -> str:
    return {"en": "en", "zh": "zh_Hans_CN"}[str(get_locale())[:2]]


def _moment(value: Any, zone: str | None = None) -> str:
    pattern = "EEE, d MMM y HH:mm" if _locale() == "en" else "y年M月d日 EEE HH:mm"
    return format_datetime(value, pattern, tzinfo=content.ZONE, locale=_locale())


def _day(value: Any) -> str:
    return format_date(value, "d MMM y" if _locale() == "en" else "y年M月d日", locale=_locale())


def _leaf(value: Any, zone: str) -> tuple[str, str, str]:
    local = value.astimezone(content.ZONE)
    return tuple(format_date(local, part, locale=_locale()) for part in ("MMM", "d", "EEE"))


def _deadline(due: Any, zone: str) -> str:
    distance = format_timedelta(due - content.NOW, add_direction=True, locale=_locale())
    return gettext(
        "%(distance)s, %(moment)s %(zone)s time",
        distance=distance,
        moment=_moment(due),
        zone=content.say("Beijing", "北京"),
    )


def _context() -> dict[str, Any]:
    locale = str(get_locale())[:2]
    page = request.view_args.get("name", "") if request.view_args else ""
    public = page.startswith("public") or page in {"sign_in", "error_page"}
    return {
        "locale": locale,
        "society_name": content.say(*content.SOCIETY),
        "viewer": Thing(signed_in=not public, name="Lin Yue", initials="LY", is_admin=False),
        "current_event": None if page == "sign_in" else content.event(request.args.get("accent", "teal")),
        "event_nav": content.navigation(page),
        "my_events": content.my_events(),
        "account_links": content.account_links(signed_in=not public),
        "language_links": [
            {"code": code, "label": label, "href": "", "active": code == locale}
            for code, label in (("en", "English"), ("zh", "中文"))
        ],
        "footer_notes": [],
        "now": content.NOW,
        "page_title": page.replace("_", " ").capitalize(),
        "c": content,
        "say": content.say,
    }


def create_app() -> Flask:
    app = Flask("gallery", root_path=str(Path(__file__).parent), static_folder=str(ROOT / "static"))
    app.config.update(
        SECRET_KEY="only for the gallery", WTF_CSRF_CHECK_DEFAULT=False, TESTING=True, SEND_FILE_MAX_AGE_DEFAULT=3600
    )
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(path) for path in catalogues.compiled())
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            FileSystemLoader(Path(__file__).parent / "pages"),
            FileSystemLoader(Path(__file__).parent / "parts"),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.extensions["posted"] = []
    CSRFProtect(app)
    Babel(app, locale_selector=lambda: request.args.get("lang") or session.get("locale") or "en")
    app.jinja_env.globals["deadline"] = _deadline
    app.jinja_env.globals["weekday_names"] = lambda: list("1234567")
    app.jinja_env.filters.update(
        number=lambda value: format_decimal(value, locale=_locale()),
        moment=_moment,
        day=_day,
        leaf=_leaf,
        money=str,
        tx=str,
        month_name=lambda value: f"{value:%Y-%m}",
        markdown=lambda text: Markup("<p>{}</p>").format(escape(text)),
    )
    app.context_processor(_context)
    app.add_url_rule("/", "home", lambda: render_template("index.html", pages=PAGES))
    app.add_url_rule("/language", "core.set_language", _set_language, methods=["POST"])
    app.add_url_rule("/check", "check", _check, methods=["POST"])
    app.add_url_rule("/suggest", "suggest", _suggest)
    app.add_url_rule("/job", "job", _job)
    app.add_url_rule("/<name>", "page", _page, methods=["GET", "POST"])
    app.after_request(_headers)
    return app


def _set_language() -> Response:
    session["locale"] = request.form["code"]
    return Response(status=303, headers={"Location": request.form["next"]})


def _check() -> str:
    name = request.files["paper"].filename
    current_app.extensions["posted"].append(("check", request.form.to_dict(flat=False)))
    return render_template("partials/file_check.html", name=name, checks=[{"state": "done", "text": "8 pages"}])


def _suggest() -> str:
    found = [{"value": f"{request.args['q']} University"}]
    return render_template("partials/suggestions.html", suggestions=found)


def _job() -> str:
    """The third time one asks, the work is done."""
    asked = current_app.extensions["posted"]
    asked.append(("job", {}))
    log = [{"at": "14:40:02", "text": "Affinity computed", "state": "done"}]
    state = "done" if len(asked) > 2 else "running"
    job = {"title": "Matching", "state": state, "done": 411 + (state == "done"), "total": 412, "log": log}
    return render_template("partials/job.html", job=job, url="/job", id="running")


def _page(name: str) -> str | Response:
    if request.method == "POST":
        return _take(name)
    form = PaperForm(data=content.draft(), meta={"csrf": False})
    wrong = PaperForm(formdata=content.wrong_input(), meta={"csrf": False})
    wrong.validate()
    return render_template(f"{name}.html", form=form, wrong=wrong, sign_in=SignInForm(meta={"csrf": False}))


def _take(name: str) -> Response:
    """What was posted is kept for the tests. ``?refuse`` in the page's address makes the answer a refusal."""
    current_app.extensions["posted"].append((name, request.form.to_dict(flat=False)))
    if "refuse" in (request.referrer or ""):
        return jsonify(message="The room is closed."), 409  # type: ignore[return-value]  # Flask takes the pair
    if request.headers.get("X-Autosave"):
        return jsonify(saved="Saved as draft 14:03", version=int(request.form["version"]) + 1)
    if request.headers.get("Accept") == "application/json":
        return Response(status=204)
    return Response(status=303, headers={"Location": f"/{name}"})


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response


if __name__ == "__main__":
    create_app().run(port=0)
