"""What happened to an account, as sentences; %(…)s are facts of the entry."""

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, Lazy | str] = {
    "accounts.opened": _l("opened the account with %(address)s"),
    "accounts.person_entered": _l("was entered without an account"),
    "accounts.connected": _l("connected an account of %(issuer)s"),
    "accounts.disconnected": _l("disconnected the account of %(issuer)s"),
    "accounts.password_changed": _l("changed the password"),
    "accounts.sessions_ended": _l("ended all other sessions"),
    "accounts.email_added": _l("added the address %(address)s"),
    "accounts.email_verified": _l("confirmed the address %(address)s"),
    "accounts.email_removed": _l("removed the address %(address)s"),
    "accounts.primary_changed": _l("made %(address)s the primary address"),
    "accounts.profile_edited": _l("edited the profile"),
    "accounts.language_chosen": _l("switched the language"),
    "accounts.affiliation_added": _l("added an affiliation"),
    "accounts.affiliation_ended": _l("dated an affiliation"),
    "accounts.affiliation_removed": _l("removed an affiliation"),
    "accounts.relation_added": _l("added a relation"),
    "accounts.relation_removed": _l("removed a relation"),
    "accounts.publications_imported": _l("imported %(number)s publications"),
    "accounts.publication_removed": _l("removed the publication “%(title)s”"),
    "accounts.second_factor_prepared": _l("began to set up a second factor"),
    "accounts.second_factor_on": _l("switched the second factor on"),
    "accounts.second_factor_off": _l("switched the second factor off"),
    "accounts.role_given": _l("was given the role %(role)s in the society"),
    "accounts.role_taken": _l("was relieved of the role %(role)s in the society"),
    "accounts.closed": _l("was closed"),
    "accounts.reopened": _l("was opened again"),
}
