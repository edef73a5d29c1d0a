"""Tables of publishing, by what they are about."""

from confsys.publishing.models.downloads import DownloadCount
from confsys.publishing.models.finals import CameraReady
from confsys.publishing.models.volumes import Artefact, Volume, VolumeBuild, VolumePaper

__all__ = ["Artefact", "CameraReady", "DownloadCount", "Volume", "VolumeBuild", "VolumePaper"]
