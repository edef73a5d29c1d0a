"""Lazy messages are text, not markup."""

from __future__ import annotations

from flask import Flask, render_template_string

from confsys.core.i18n import lazy_gettext


def test_what_is_put_into_a_lazy_message_is_escaped(app: Flask) -> None:
    sentence = lazy_gettext("“%(name)s” is used.", name="<script>alert(1)</script>")
    assert "<script>" not in render_template_string("{{ sentence }}", sentence=sentence)


def test_the_message_itself_may_name_an_address_in_angle_brackets(app: Flask) -> None:
    sentence = lazy_gettext("Li Mei <li.mei@example.org>")
    assert "&lt;li.mei@example.org&gt;" in render_template_string("{{ sentence }}", sentence=sentence)
