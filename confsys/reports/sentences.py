"""Audit entries of this room in words."""

from confsys.core.i18n import lazy_gettext as _l

SENTENCES = {
    "report.ask": _l("asked for the report %(name)s"),
    "report.made": _l("the report %(name)s was made"),
    "report.freeze": _l("froze the report %(name)s"),
}
