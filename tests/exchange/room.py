"""A session with an audience, released and open for questions; like ``tests.factories`` it writes directly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.localized import LocalizedText
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.events.options import options_of
from confsys.exchange.models import Floor, Question
from confsys.exchange.operations import questions
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.queries import floors
from confsys.exchange.standing import FloorStanding, standing_on
from confsys.programme.operations import releases
from confsys.programme.queries.released import latest_programme
from tests import factories
from tests.programme import making
from tests.programme.making import NINE, Desk


class Room:
    """``chair`` chairs the session, ``speaker`` gives its talk, ``ada`` and ``bo`` sit in it."""

    def __init__(self, **rules: Any) -> None:
        options = {"exchange": rules} if rules else {}
        self.event: Event = factories.event("am", options=options)
        self.desk = Desk(self.event)
        self.chair, self.speaker = factories.person(), factories.person("Wei", "Zhang", "张伟")
        self.ada, self.bo = factories.person("Ada", "Lovelace"), factories.person("Bo", "Li", "李博")
        self.session = making.session(self.event, NINE, title=LocalizedText("Storage", "存储"))
        self.talk = making.invited_talk(self.event, self.speaker, in_=self.session)
        making.duty(self.session, self.chair)
        releases.release(self.event, **self.desk.who)
        self.address = f"/events/am/exchange/sessions/{self.session.id}"

    @property
    def floor(self) -> Floor:
        found = floors.floor_of(self.event.id, self.session.id)
        assert found is not None
        return found

    def standing(self, of: Person) -> FloorStanding:
        programme = latest_programme(self.event.id)
        assert programme is not None
        return standing_on(
            standing_in(self.event, factories.viewer(of)), options_of(self.event, ExchangeOptions),
            programme.session_by_id[self.session.id], paused=self.floor.paused,
        )  # fmt: skip

    def who(self, of: Person) -> dict[str, Any]:
        return {"standing": self.standing(of), "actor": Actor(of.id), "at": clock.now()}

    def ask(self, by: Person, text: str = "Why?", **given: Any) -> Question:
        return questions.ask(self.event, self.session.id, text, **given, **self.who(by))


#: While the session is on.
DURING = NINE + timedelta(minutes=10)
