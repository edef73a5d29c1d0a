"""News of this room. Each is sent inside the operation, with the Submission and ``actor`` and ``at``."""

from blinker import Namespace

_submissions = Namespace()

#: A draft became a submission, or a withdrawn one came back.
submitted = _submissions.signal("submitted")
withdrawn = _submissions.signal("withdrawn")
#: The authors of a submission (not of a draft) are others than before; conflicts have been detected again.
authors_changed = _submissions.signal("authors-changed")
#: An outcome was made known to the authors, or taken back; see the submission's state.
outcome_released = _submissions.signal("outcome-released")
