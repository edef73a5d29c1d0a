"""Camera-ready checks: thirteen groups, each with its severity set by the event."""

from proceedings.checks.camera_ready import camera_ready
from proceedings.checks.duplicates import Traces, duplicates
from proceedings.checks.weigh import weigh

__all__ = ["Traces", "camera_ready", "duplicates", "weigh"]
