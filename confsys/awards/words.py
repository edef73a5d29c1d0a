"""Words for the closed sets of awards, and the tones of their states."""

from __future__ import annotations

from confsys.awards.models import Award
from confsys.awards.options import YoungOptions
from confsys.awards.queries.jury import Bar
from confsys.awards.states import AgeRule, AwardState, Check, PairState, Scheme, Source
from confsys.core.formatting import day
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.events.models import Event
from confsys.events.options import options_of

STATES: dict[AwardState, tuple[Lazy, str]] = {
    AwardState.DRAFT: (_l("draft"), "draft"),
    AwardState.NOMINATING: (_l("open for nominations"), "open"),
    AwardState.JUDGING: (_l("with the jury"), "waiting"),
    AwardState.CLOSED: (_l("to be decided"), "waiting"),
    AwardState.ANNOUNCED: (_l("announced"), "done"),
}
#: For those whose business it is not how far the committee has come.
PUBLIC_STATES = STATES | {AwardState.CLOSED: STATES[AwardState.JUDGING]}
STEPS: dict[AwardState, Lazy] = {
    AwardState.NOMINATING: _l("Open nominations"),
    AwardState.JUDGING: _l("Begin the vote"),
    AwardState.CLOSED: _l("Close the vote and count"),
}
SOURCES: dict[Source, Lazy] = {
    Source.MEMBERS: _l("members of the society nominate"),
    Source.COMMITTEE: _l("the committee nominates"),
    Source.PAPERS: _l("accepted papers of the event"),
}
SCHEMES: dict[Scheme, Lazy] = {
    Scheme.SCORE: _l("each juror scores every candidate from 1 to 10"),
    Scheme.PICK: _l("each juror picks some candidates"),
}
RULES: dict[AgeRule, Lazy] = {
    AgeRule.NONE: _l("no rule of age"),
    AgeRule.AGE: _l("younger than so many years"),
    AgeRule.CAREER: _l("at most so many years after the last degree"),
}
RULE_SENTENCES: dict[AgeRule, Lazy] = {
    AgeRule.AGE: _l("younger than %(years)s on %(day)s"),
    AgeRule.CAREER: _l("at most %(years)s years after the last degree on %(day)s"),
}


def rule_of(award: Award) -> str:
    """The rule in one line; empty when there is none."""
    sentence = RULE_SENTENCES.get(award.rule)
    return str(sentence) % {"years": award.age_limit, "day": day(award.age_on)} if sentence else ""


def young_rule(event: Event) -> str:
    """The rule of an event in one line; empty when there is none."""
    options = options_of(event, YoungOptions)
    on = options.day(event)
    if not options.asks or on is None:
        return ""
    return str(RULE_SENTENCES[AgeRule(options.rule)]) % {"years": options.limit, "day": day(on)}


PAIRS: dict[PairState, tuple[Lazy, str]] = {
    PairState.PROPOSED: (_l("both are asked"), "waiting"),
    PairState.AGREED: (_l("agreed"), "done"),
    PairState.DECLINED: (_l("declined"), "closed"),
}
CHECKS: dict[Check, tuple[Lazy, str]] = {
    Check.OPEN: (_l("to be checked"), "waiting"),
    Check.FITS: (_l("keeps the rule"), "done"),
    Check.DOES_NOT: (_l("does not keep the rule"), "closed"),
}
BARS: dict[Bar, Lazy] = {
    Bar.WROTE: _l("You are an author, or the candidate."),
    Bar.CONFLICT: _l("There is a conflict of interest with this paper."),
    Bar.RELATION: _l("One of your profiles names the other."),
    Bar.ORGANISATION: _l("You work at the same organisation."),
    Bar.NOMINATED: _l("You nominated this candidate."),
    Bar.DECLARED: _l("You stepped back from this candidate."),
}
