"""Lazy messages are text, not markup; a room says a word as its own catalogue has it."""

from __future__ import annotations

from flask import Flask, render_template_string
from jinja2 import DictLoader

from confsys.core.i18n import force_locale, gettext_in, lazy_gettext


def test_what_is_put_into_a_lazy_message_is_escaped(app: Flask) -> None:
    sentence = lazy_gettext("“%(name)s” is used.", name="<script>alert(1)</script>")
    assert "<script>" not in render_template_string("{{ sentence }}", sentence=sentence)


def test_the_message_itself_may_name_an_address_in_angle_brackets(app: Flask) -> None:
    sentence = lazy_gettext("Li Mei <li.mei@example.org>")
    assert "&lt;li.mei@example.org&gt;" in render_template_string("{{ sentence }}", sentence=sentence)


def test_one_english_word_is_said_as_each_room_says_it(app: Flask) -> None:
    with force_locale("zh"):
        assert [gettext_in(room, "Code") for room in ("accounts", "registration", "events")] == [
            "验证码",
            "票码",
            "代码",
        ]
        assert gettext_in("accounts", "Save") == gettext_in(
            "core", "Save"
        )  # what a room has not is asked of the others
        assert gettext_in("accounts", "%(num)s is no word of ours.", num=3) == "3 is no word of ours."
    assert gettext_in("registration", "Code") == "Code"


def test_templates_and_modules_speak_for_their_room(app: Flask) -> None:
    pages = {f"{room}/x.html": "{{ _('Code') }} {{ ngettext('%(num)s page', '%(num)s pages', 2) }}"
             for room in ("accounts", "registration")}  # fmt: skip
    jinja = app.jinja_env.overlay(loader=DictLoader(pages))
    with force_locale("zh"):
        said = [jinja.get_template(name).render() for name in pages]
    assert (said[0].split()[0], said[1].split()[0]) == ("验证码", "票码")
    assert "%(num)s" not in "".join(said)
