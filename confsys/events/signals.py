"""News of this room."""

from blinker import Namespace

_events = Namespace()

#: An event was created; sent inside the operation with the Event, ``source`` (the event it was cloned from, or None),
#: ``actor`` and ``at``. Later rooms copy what is theirs.
event_created = _events.signal("event-created")
#: Somebody took a role; sent inside the operation with the RoleGrant, ``actor`` and ``at``.
role_taken = _events.signal("role-taken")
#: Asks where somebody who just took a role should go on; sent with the RoleGrant, a listener may answer an address.
next_step_asked = _events.signal("next-step-asked")
#: A role ended; sent inside the operation with the RoleGrant, ``actor`` and ``at``.
role_ended = _events.signal("role-ended")
