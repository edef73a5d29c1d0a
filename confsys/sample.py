"""The sample of `make run`: an invented society with an annual meeting, a salon and a youth conference.

Every person, paper and word in it was made by this project. Dates are relative to the day it is loaded, so
that something is always open. Each room tells its part, in the order of the house, through ``Feature.sample``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.db import db
from confsys.core.registry import features
from confsys.events.models import Event


class SampleRefused(RuntimeError):
    """The sample was asked for outside demo mode."""


@dataclass
class Sample:
    """What the rooms share while they tell the story.

    ``people``: the demo accounts by key (``author`` … ``admin``, all at example.org).
    ``scholars``: about a hundred invented researchers, of whom the first
    forty review. ``events``: ``annual``, ``salon``, ``youth``, and ``today``, which is on.
    ``dice`` makes the story the same every time.
    """

    at: datetime
    dice: random.Random
    people: dict[str, Person] = field(default_factory=dict)
    scholars: list[Person] = field(default_factory=list)
    events: dict[str, Event] = field(default_factory=dict)


def is_loaded() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is not None


def load(app: Flask) -> Sample | None:
    """Load the sample; a database with people in it is left alone. Raises SampleRefused outside demo mode."""
    if is_loaded():
        return None
    if not app.extensions["settings"].demo and not app.testing:
        raise SampleRefused("The sample holds known passwords; it loads only with CONFSYS_MODE=demo.")
    story = Sample(at=clock.now(), dice=random.Random(20))  # noqa: S311  a story, not a secret
    for feature in features():
        if feature.sample is not None:
            feature.sample(story)
    queue.drain()
    return story
