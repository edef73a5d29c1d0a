"""News of this room. Sent inside the operation."""

from blinker import Namespace

_programme = Namespace()

#: A programme was released; sent with the Release, ``programme`` (the frozen Programme), ``actor`` and ``at``.
released = _programme.signal("programme-released")
