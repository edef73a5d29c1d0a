"""Pages that belong to no event carry the society's own words; an event's pages carry the event's."""

import re

from flask.testing import FlaskClient

from tests import factories


def _words(page: str) -> list[tuple[str, bool]]:
    """(word, active) of the navigation under the top bar."""
    nav = re.search(r'<nav class="words.*?</nav>', page, re.DOTALL)
    links = re.findall(r"<a href=[^>]*?( aria-current=\"page\")?>([^<]+)</a>", nav.group(0)) if nav else []
    return [(word.strip(), bool(active)) for active, word in links]


def test_the_word_of_the_page_is_marked(client: FlaskClient) -> None:
    words = _words(client.get("/proceedings").text)
    assert ("Events", False) in words
    assert ("Proceedings", True) in words
    assert ("Events", True) in _words(client.get("/").text)


def test_an_event_shows_its_own_words(client: FlaskClient) -> None:
    event = factories.event("am26")
    assert "Events" not in [word for word, _active in _words(client.get(f"/events/{event.slug}/").text)]
