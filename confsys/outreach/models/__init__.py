"""Tables of outreach."""

from confsys.outreach.models.activities import Activity, ActivityExpert, Booking, Feedback, Seats
from confsys.outreach.models.duty import OutreachArticle, OutreachDuty, OutreachReminder
from confsys.outreach.models.media import OutreachMedium
from confsys.outreach.models.speakers import PublicSpeaker, SchoolRequest, SpeakerOffer
from confsys.outreach.models.volunteers import (
    Volunteer,
    VolunteerCertificate,
    VolunteerCertificateFile,
    VolunteerShift,
)

__all__ = [
    "Activity",
    "ActivityExpert",
    "Booking",
    "Feedback",
    "OutreachArticle",
    "OutreachDuty",
    "OutreachMedium",
    "OutreachReminder",
    "PublicSpeaker",
    "SchoolRequest",
    "Seats",
    "SpeakerOffer",
    "Volunteer",
    "VolunteerCertificate",
    "VolunteerCertificateFile",
    "VolunteerShift",
]  # fmt: skip
