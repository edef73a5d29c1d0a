"""Every table of the product, so that migrations and tests see them all."""

from confsys.accounts import models as _accounts
from confsys.awards import models as _awards
from confsys.core import audit as _audit
from confsys.core.db import db
from confsys.core.documents import models as _documents
from confsys.core.files import models as _files
from confsys.core.jobs import models as _jobs
from confsys.core.mail import models as _mail
from confsys.events import models as _events
from confsys.exchange import models as _exchange
from confsys.forum import models as _forum
from confsys.members import models as _members
from confsys.outreach import models as _outreach
from confsys.payments import models as _payments
from confsys.programme import models as _programme
from confsys.publishing import models as _publishing
from confsys.registration import models as _registration
from confsys.reports import models as _reports
from confsys.reviewing import models as _reviewing
from confsys.submissions import models as _submissions

metadata = db.Model.metadata
__all__ = [
    "_accounts", "_audit", "_awards", "_documents", "_events",
    "_exchange", "_files", "_forum", "_jobs", "_mail", "_members", "_outreach", "_payments",
    "_programme", "_publishing", "_registration", "_reports", "_reviewing", "_submissions", "metadata",
]  # fmt: skip
