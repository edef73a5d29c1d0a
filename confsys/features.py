"""The rooms of the house, in order. A room imports only rooms above it; removing a line removes a room."""

from confsys.accounts.feature import feature as accounts
from confsys.awards.feature import feature as awards
from confsys.core.registry import Feature
from confsys.events.feature import feature as events
from confsys.exchange.feature import feature as exchange
from confsys.forum.feature import feature as forum
from confsys.members.feature import feature as members
from confsys.outreach.feature import feature as outreach
from confsys.payments.feature import feature as payments
from confsys.programme.feature import feature as programme
from confsys.publishing.feature import feature as publishing
from confsys.registration.feature import feature as registration
from confsys.reports.feature import feature as reports
from confsys.reviewing.feature import feature as reviewing
from confsys.submissions.feature import feature as submissions

FEATURES: tuple[Feature, ...] = (
    accounts,
    payments,
    members,
    events,
    submissions,
    reviewing,
    programme,
    registration,
    exchange,
    forum,
    awards,
    publishing,
    outreach,
    reports,
)
