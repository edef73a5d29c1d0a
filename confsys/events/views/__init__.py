"""Pages of events: the front page, the public site, the organisers' rooms."""

from confsys.events.views import (
    basics,
    co_hosts,
    creating,
    fields,
    front,
    invitations,
    organise,
    pages,
    people,
    publishing,
    site,
    stages,
    structure,
)
from confsys.events.views.blueprint import bp

__all__ = [
    "basics",
    "bp",
    "co_hosts",
    "creating",
    "fields",
    "front",
    "invitations",
    "organise",
    "pages",
    "people",
    "publishing",
    "site",
    "stages",
    "structure",
]
