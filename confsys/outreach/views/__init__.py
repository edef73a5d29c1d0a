"""Pages of outreach, by who comes."""

from confsys.outreach.views.blueprint import bp

from confsys.outreach.views import (  # isort: skip
    bookings,
    certificates,
    desk,
    door,
    duty,
    media,
    papers,
    public,
    schools,
    speakers,
    volunteers,
)

__all__ = [
    "bookings",
    "bp",
    "certificates",
    "desk",
    "door",
    "duty",
    "media",
    "papers",
    "public",
    "schools",
    "speakers",
    "volunteers",
]
