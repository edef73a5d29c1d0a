"""News that one room has for whoever comes later. Rooms declare their own beside their operations."""

from blinker import Namespace

_core = Namespace()

#: A write transaction has been committed: the outbox may have something to hand over.
committed = _core.signal("committed")
#: A reader switched the language; sent with the Viewer and ``code``.
language_chosen = _core.signal("language-chosen")
