"""The released programme for programs: calendars, schedule files, the feed of changes."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core import ics
from confsys.core.access import access
from confsys.core.files import send
from confsys.core.i18n import current_locale
from confsys.events.context import EventPage
from confsys.programme.calendars import Feed
from confsys.programme.context import in_language, keyed, may_read, may_read_below, numbered, programme_page
from confsys.programme.interchange import frab_json, frab_xml
from confsys.programme.interchange.mapping import schedule_of
from confsys.programme.queries.booklets import booklets_of
from confsys.programme.queries.released import Latest, history, latest_release, programme_of_release
from confsys.programme.snapshots import Programme
from confsys.programme.views.blueprint import site
from confsys.programme.wording import change_sentence


def current(page: EventPage) -> tuple[Latest, Programme]:
    """What the public reads now. Raises NotFound before the first release."""
    latest = latest_release(page.event.id)
    if latest is None:
        raise NotFound
    return latest, programme_of_release(latest)


def page_of(slug: str) -> Callable[[str, int], str]:
    base = current_app.extensions["settings"].base_url.rstrip("/")
    return lambda what, number: f"{base}/events/{slug}/programme/{what}s/{number}"


def locale_asked(otherwise: str) -> str:
    """A program says in the address which language it wants."""
    wanted = request.args.get("lang", "")
    return wanted if wanted in ("en", "zh") else otherwise


def _locale() -> str:
    return locale_asked(current_locale())


def _served(page: EventPage, media_type: str, name: str, latest: Latest, body: Callable[[], bytes]) -> Response:
    """A file of one release: the same until the next one, so a reader who has it gets 304."""
    response = Response(mimetype=media_type)
    response.set_etag(f"{latest.token}-{_locale()}-{request.query_string.decode('ascii', 'ignore')}")
    # The language may come from the reader's session, and a draft event's programme is for its staff alone.
    response.headers["Cache-Control"] = "private, max-age=60"
    response.headers["Content-Disposition"] = f"inline; filename={page.event.slug}-{name}"
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.make_conditional(request)
        return response
    response.data = body()
    return response


def _calendar(page: EventPage, name: str, choose: Callable[[Feed], ics.Calendar]) -> Response:
    latest, programme = current(page)
    base = current_app.extensions["settings"].base_url
    feed = Feed(
        programme, locale=_locale(), host=urlsplit(base).hostname or "localhost", page_of=page_of(page.event.slug),
        source=base.rstrip("/") + request.full_path.rstrip("?"),
    )  # fmt: skip

    def body() -> bytes:
        try:
            return ics.written(choose(feed))
        except KeyError as error:
            raise NotFound from error

    return _served(page, ics.MEDIA_TYPE, f"{name}.ics", latest, body)


@site.get("/calendar.ics")
@access(programme_page, may_read)
def calendar(page: EventPage) -> Response:
    return _calendar(page, "programme", Feed.whole)


@site.get("/rooms/<int:number>.ics")
@access(numbered, may_read_below)
def room_calendar(subject: tuple[EventPage, int]) -> Response:
    return _calendar(subject[0], f"room-{subject[1]}", lambda feed: feed.room(subject[1]))


@site.get("/tracks/<int:number>.ics")
@access(numbered, may_read_below)
def track_calendar(subject: tuple[EventPage, int]) -> Response:
    return _calendar(subject[0], f"track-{subject[1]}", lambda feed: feed.track(subject[1]))


@site.get("/people/<key>.ics")
@access(keyed, may_read_below)
def person_calendar(subject: tuple[EventPage, str]) -> Response:
    return _calendar(subject[0], f"person-{subject[1]}", lambda feed: feed.person(subject[1]))


@site.get("/sessions/<int:number>.ics")
@access(numbered, may_read_below)
def session_calendar(subject: tuple[EventPage, int]) -> Response:
    return _calendar(
        subject[0],
        f"session-{subject[1]}",
        lambda feed: feed.chosen(frozenset({feed.programme.session_by_id[subject[1]].guid})),
    )


@site.get("/talks/<int:number>.ics")
@access(numbered, may_read_below)
def talk_calendar(subject: tuple[EventPage, int]) -> Response:
    return _calendar(
        subject[0],
        f"talk-{subject[1]}",
        lambda feed: feed.chosen(frozenset({feed.programme.talk_by_id[subject[1]][1].guid})),
    )


@site.get("/chosen.ics")
@access(programme_page, may_read)
def chosen_calendar(page: EventPage) -> Response:
    """The starred items, named in the address: a feed of one's own without an account."""
    wanted = request.args.get("items", "").split(",")[:500]

    def choose(feed: Feed) -> ics.Calendar:
        by_key = {f"s{s.id}": s.guid for s in feed.programme.sessions}
        by_key.update({f"t{talk.id}": talk.guid for _, talk in feed.programme.talks()})
        return feed.chosen(frozenset(by_key[key] for key in wanted if key in by_key))

    return _calendar(page, "chosen", choose)


def _schedule(page: EventPage, name: str, media_type: str, write: Callable[..., bytes]) -> Response:
    latest, programme = current(page)
    base = current_app.extensions["settings"].base_url.rstrip("/")
    address = base + url_for(".index", slug=page.event.slug)

    def body() -> bytes:
        return write(schedule_of(programme, locale=_locale(), url=address, page_of=page_of(page.event.slug)))

    return _served(page, media_type, name, latest, body)


@site.get("/schedule.xml")
@access(programme_page, may_read)
def schedule_xml(page: EventPage) -> Response:
    return _schedule(page, "schedule.xml", frab_xml.MEDIA_TYPE, frab_xml.write)


@site.get("/schedule.json")
@access(programme_page, may_read)
def schedule_json(page: EventPage) -> Response:
    return _schedule(page, "schedule.json", "application/json", frab_json.write)


@site.get("/changes.atom")
@access(programme_page, may_read)
def changes_feed(page: EventPage) -> Response:
    """What each release changed, for feed readers."""
    latest, programme = current(page)
    base = current_app.extensions["settings"].base_url.rstrip("/")

    def body() -> bytes:
        releases = [
            (row, [change_sentence(change, programme.zone) for change in row.changes if not change.follows])
            for row in history(page.event.id)
        ]
        return render_template(
            "programme/site/changes.atom.html", event=page.event, releases=releases, base=base,
            address=base + url_for(".changelog", slug=page.event.slug),
        ).encode()  # fmt: skip

    return _served(page, "application/atom+xml", "changes.atom", latest, body)


@site.get("/booklet-<locale_>.pdf")
@access(in_language, may_read_below)
def booklet(subject: tuple[EventPage, str]) -> Response:
    """The programme to print, where the organisers had it set."""
    page, locale = subject
    latest, programme = current(page)
    abstracts = request.args.get("abstracts") == "1"
    found = next((b for b in booklets_of(latest.id) if (b.locale, b.abstracts) == (locale, abstracts)), None)
    if found is None or found.file is None:
        raise NotFound
    return send(found.file, name=f"{programme.acronym or programme.slug}-{locale}.pdf", inline=True)
