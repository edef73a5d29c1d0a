"""Background work: rows first, then a queue that may come and go."""

from confsys.core.jobs.models import Job, JobState
from confsys.core.jobs.registry import Progress, job
from confsys.core.jobs.running import enqueue

__all__ = ["Job", "JobState", "Progress", "enqueue", "job"]
