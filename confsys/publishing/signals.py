"""News of the publishing room."""

from blinker import Namespace

_publishing = Namespace()

#: A volume became public; sent with the Volume.
volume_published = _publishing.signal("volume-published")
