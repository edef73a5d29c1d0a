"""Files: addressed by content, streamed, sniffed, never trusted by name."""

from confsys.core.files.forgetting import forget
from confsys.core.files.models import StoredFile
from confsys.core.files.receiving import UploadRefused, receive, receive_path
from confsys.core.files.serving import send
from confsys.core.files.storage import Store, store

__all__ = ["Store", "StoredFile", "UploadRefused", "forget", "receive", "receive_path", "send", "store"]
