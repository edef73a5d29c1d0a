"""Tables of publishing, by what they are about."""

from confsys.publishing.models.chapters import Chapter
from confsys.publishing.models.dois import DoiDeposit, DoiRecord
from confsys.publishing.models.downloads import DownloadCount
from confsys.publishing.models.fees import PageBudget, PageFee
from confsys.publishing.models.finals import AuthorChange, CameraReady, LicenceSignature, Proof
from confsys.publishing.models.notices import Notice
from confsys.publishing.models.volumes import Artefact, SignOff, Volume, VolumeBuild, VolumePaper

__all__ = [
    "Artefact", "AuthorChange", "CameraReady", "Chapter", "DoiDeposit", "DoiRecord", "DownloadCount",
    "LicenceSignature", "Notice", "PageBudget", "PageFee", "Proof", "SignOff", "Volume", "VolumeBuild", "VolumePaper",
]  # fmt: skip
