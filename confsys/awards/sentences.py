"""What the story says about awards: which one, and never about whom."""

from confsys.core.i18n import lazy_gettext as _l

SENTENCES = {
    "awards.created": _l("drafted the award “%(award)s”"),
    "awards.changed": _l("changed the terms of the award “%(award)s”"),
    "awards.juror_asked": _l("asked somebody onto the jury of “%(award)s”"),
    "awards.juror_dismissed": _l("took somebody off the jury of “%(award)s”"),
    "awards.nominated": _l("nominated for “%(award)s”"),
    "awards.withdrawn": _l("withdrew a nomination for “%(award)s”"),
    "awards.checked": _l("checked a candidate of “%(award)s” against its rule"),
    "awards.moved_nominating": _l("opened nominations for “%(award)s”"),
    "awards.moved_judging": _l("began the vote about “%(award)s”"),
    "awards.moved_closed": _l("closed the vote about “%(award)s”"),
    "awards.stepped_back": _l("stepped back from a candidate of “%(award)s”"),
    "awards.voted": _l("voted about “%(award)s”"),
    "awards.decided": _l("decided about “%(award)s”"),
    "awards.young_told": _l("told what the event asks of young authors"),
    "awards.mentor_offered": _l("offered to mentor young authors"),
    "awards.pair_answered": _l("answered to a proposed pair of mentor and young author"),
    "awards.young_checked": _l("checked an author against the rule of the event"),
    "awards.pair_proposed": _l("asked a mentor and a young author"),
    "awards.announced": _l("announced the award “%(award)s”"),
}
