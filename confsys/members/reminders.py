"""Which reminder is due on a day. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from confsys.members.terms import Span

#: Days before the end.
EARLY, LAST = timedelta(days=45), timedelta(days=7)


def step_on(day: date, span: Span) -> str:
    """The latest step that a term has reached, or "". A job that did not run for days goes on where it should be."""
    if day > span.grace_until:
        return "lapsed"
    if day > span.ends_on:
        return "grace"
    if day > span.ends_on - LAST:
        return "last"
    return "early" if day > span.ends_on - EARLY else ""
