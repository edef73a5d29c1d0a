"""News of this room."""

from blinker import Namespace

_events = Namespace()

#: An event was created; sent inside the operation with the Event, ``source`` (the event it was cloned from, or None),
#: ``actor`` and ``at``. Later rooms copy what is theirs.
event_created = _events.signal("event-created")
#: Somebody took a role; sent inside the operation with the RoleGrant, ``actor`` and ``at``.
role_taken = _events.signal("role-taken")
#: A role ended; sent inside the operation with the RoleGrant, ``actor`` and ``at``.
role_ended = _events.signal("role-ended")
