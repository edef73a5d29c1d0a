"""Who may do what with final papers and volumes."""

from __future__ import annotations

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.stages import Phase
from confsys.events.standing import EventStanding
from confsys.events.states import Feature, Role, StageKind
from confsys.publishing.states import VolumeState
from confsys.submissions.standing import PaperStanding
from confsys.submissions.states import SubmissionState

WHO_CAN = _l("The publication chair or the organisers can reopen it.")
#: What an accepted paper is printed as is no secret of review, so conflicts do not matter here.
PUBLISHERS = (Role.ORGANISER, Role.CHAIR, Role.PUBLICATION_CHAIR)


def may_see_camera_ready(standing: PaperStanding) -> Decision:
    """Authors see the final version's page once their paper is accepted."""
    accepted = standing.state is SubmissionState.ACCEPTED and standing.event.on(Feature.PUBLISHING)
    return allow_if(accepted and standing.is_author)


def may_upload_camera_ready(standing: PaperStanding, chapter: bool | None = None) -> Decision:
    """Contacts upload and sign while the stage is open (grace included); a ``chapter`` as long as it is awaited."""
    seen = may_see_camera_ready(standing)
    if not seen:
        return seen
    if not standing.is_contact:
        return Deny(_l("Only the contacts of the paper upload its final version."), who_can=_l("Ask your co-authors."))
    if chapter is not None:
        return ALLOW if chapter else Deny(_l("Please answer the invitation first."))
    if standing.event.accepts(StageKind.CAMERA_READY):
        return ALLOW
    if standing.event.phase(StageKind.CAMERA_READY) is Phase.CLOSED:
        return Deny(_l("Final versions are no longer taken."), who_can=WHO_CAN)
    return Deny(_l("Final versions are not taken yet."), who_can=WHO_CAN)


def may_sign_proof(standing: PaperStanding, chapter: bool | None = None) -> Decision:
    """Each author signs for their own name, contact or not, while final versions are taken."""
    seen = may_see_camera_ready(standing)
    if not seen or chapter or standing.event.accepts(StageKind.CAMERA_READY):
        return seen
    if standing.event.phase(StageKind.CAMERA_READY) is Phase.CLOSED:
        return Deny(_l("Proofs are no longer signed."), who_can=WHO_CAN)
    return Deny(_l("Proofs are not signed yet."), who_can=WHO_CAN)


def may_manage_volumes(standing: EventStanding) -> Decision:
    """The board of final versions, volumes and builds."""
    return allow_if(standing.on(Feature.PUBLISHING) and standing.has(*PUBLISHERS))


def may_sign_volume(standing: EventStanding) -> Decision:
    """The editor-in-chief signs a frozen build."""
    return allow_if(standing.on(Feature.PUBLISHING) and standing.has(Role.EDITOR))


def may_see_builds(standing: EventStanding) -> Decision:
    """Volumes in the making: those who make them and who signs them."""
    return ALLOW if may_manage_volumes(standing) else may_sign_volume(standing)


def may_publish_notice(standing: EventStanding) -> Decision:
    """What is said about a published paper is the editors' and the publication chair's to say."""
    return may_see_builds(standing)


def may_read_volume(standing: EventStanding, state: VolumeState) -> Decision:
    """A published volume is for everybody; before that it exists for those who make it."""
    if state is VolumeState.PUBLISHED and standing.on(Feature.PUBLISHING):
        return ALLOW
    return ALLOW if may_see_builds(standing) else HIDDEN
