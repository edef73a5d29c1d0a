"""What happened in the rooms, as sentences. Votes, poll answers and feedback leave no entry."""

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, Lazy | str] = {
    "exchange.pause": _l("took no more questions in a session"),
    "exchange.resume": _l("took questions again in a session"),
    "exchange.attend": _l("recorded a presence in a session"),
    "question.ask": _l("asked a question"),
    "question.shown": _l("let a question through"),
    "question.answered": _l("answered a question"),
    "question.declined": _l("took a question off the page"),
    "question.withdraw": _l("withdrew a question"),
    "question.screen": _l("changed which question is on the screen"),
    "remark.say": _l("wrote in a debate"),
    "remark.hide": _l("took a contribution off a debate"),
    "poll.create": _l("prepared the poll “%(text)s”"),
    "poll.open": _l("opened the poll “%(text)s”"),
    "poll.closed": _l("closed the poll “%(text)s”"),
    "material.add": _l("added “%(title)s” to a talk"),
    "material.agree": _l("agreed that “%(title)s” is shown"),
    "material.refuse": _l("does not agree that “%(title)s” is shown"),
    "material.remove": _l("removed “%(title)s” from a talk"),
}
