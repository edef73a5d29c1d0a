"""News of this room."""

from blinker import Namespace

_accounts = Namespace()

#: A person proved that an address is theirs. Sent inside the operation with the Person and ``address``, ``actor``,
#: ``at`` and ``stand_ins``: ids of people known only by that address (from an import) whose rows may be taken over.
email_verified = _accounts.signal("email-verified")
#: Affiliations, relations, publications or expertise of a person are others than before: what may tie them to people or
#: tell what they know. Sent inside the operation with the Person, ``actor`` and ``at``.
ties_changed = _accounts.signal("ties-changed")
#: Asks whether a person must have a second factor; sent with the Person, any listener may answer True.
second_factor_asked = _accounts.signal("second-factor-asked")
