"""What was asked of an assignment run, in words."""

from __future__ import annotations

from confsys.core.i18n import gettext as _
from confsys.core.i18n import ngettext
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.wording import OBJECTIVES

PRESENT = 100


def in_words(parameters: Parameters) -> list[str]:
    """Each wish as a sentence, the most important first."""
    told = [
        _(
            "%(coverage)s reviewers a paper, at most %(load)s papers each",
            coverage=parameters.coverage, load=parameters.load,
        ),
        str(OBJECTIVES[parameters.objective]),
    ]  # fmt: skip
    if parameters.objective == "randomised":
        told += _lottery(parameters)
    if parameters.seniors:
        told.append(_("every paper gets a senior reviewer"))
    if parameters.one_organisation:
        told.append(_("no two reviewers of a paper work at the same place"))
    if parameters.no_returns:
        told.append(_("no two authors review each other’s papers"))
    told.append(
        _("proposals that stood before are kept")
        if parameters.keep_proposals
        else _("proposals that stood before are thought over anew; papers given out stay")
    )
    shares = {name: round(PRESENT * share) for name, share in parameters.weights.as_dict().items()}
    told.append(_("nearness of texts counts %(text)s %%, common topics %(topics)s %%, bids %(bids)s %%", **shares))
    return told + _exceptions(parameters)


def _lottery(parameters: Parameters) -> list[str]:
    cap = (
        _("no pair is likelier than the smallest cap that keeps it")
        if parameters.cap is None
        else _("no pair is likelier than %(cap)s %%", cap=parameters.cap)
    )
    return [
        _("%(share)s %% of the greatest sum stays on average", share=parameters.kept_share),
        cap,
        _("drawn with the number %(seed)s, which draws the same again", seed=parameters.seed),
    ]


def _exceptions(parameters: Parameters) -> list[str]:
    papers, people = len(parameters.coverage_of), len(parameters.load_of)
    told = []
    if papers:
        told.append(
            ngettext("%(num)s paper asks for another number", "%(num)s papers ask for another number", papers)
        )  # fmt: skip
    if people:
        told.append(ngettext("%(num)s reviewer has another limit", "%(num)s reviewers have another limit", people))
    return told
