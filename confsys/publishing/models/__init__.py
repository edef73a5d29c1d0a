"""Tables of publishing, by what they are about."""

from confsys.publishing.models.downloads import DownloadCount
from confsys.publishing.models.finals import AuthorChange, CameraReady, LicenceSignature, Proof
from confsys.publishing.models.volumes import Artefact, Volume, VolumeBuild, VolumePaper

__all__ = [
    "Artefact", "AuthorChange", "CameraReady", "DownloadCount", "LicenceSignature", "Proof", "Volume", "VolumeBuild",
    "VolumePaper",
]  # fmt: skip
