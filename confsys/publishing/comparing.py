"""Two builds of a volume beside each other: what came, what went, what moved, what is said otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.publishing.citing import authors
from confsys.publishing.models import VolumeBuild, VolumePaper


@dataclass(frozen=True, slots=True)
class Changed:
    """One paper that is in both builds. ``parts``: {what: (before, after)} of its words and figures."""

    title: LocalizedText
    parts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    added: tuple[VolumePaper, ...]
    removed: tuple[VolumePaper, ...]
    #: (paper, pages before, pages after)
    moved: tuple[tuple[VolumePaper, str, str], ...]
    changed: tuple[Changed, ...]
    #: Findings of the checks that are new, and those that are gone.
    new_findings: tuple[dict[str, Any], ...]
    gone_findings: tuple[dict[str, Any], ...]

    @property
    def same(self) -> bool:
        return not any(getattr(self, name) for name in self.__slots__)


def pages(paper: VolumePaper) -> str:
    return f"{paper.first_page}–{paper.last_page}"


def compare(before: VolumeBuild, after: VolumeBuild) -> Comparison:
    """``after`` seen from ``before``; papers are the same when they are of one submission."""
    old = {paper.submission_id: paper for paper in before.papers}
    new = {paper.submission_id: paper for paper in after.papers}
    both = [(old[id_], paper) for id_, paper in new.items() if id_ in old]
    changes = [Changed(paper.title, parts) for was, paper in both if (parts := _parts(was, paper))]
    here, there = _findings(after), _findings(before)
    return Comparison(
        added=tuple(paper for id_, paper in new.items() if id_ not in old),
        removed=tuple(paper for id_, paper in old.items() if id_ not in new),
        moved=tuple((paper, pages(was), pages(paper)) for was, paper in both if pages(was) != pages(paper)),
        changed=tuple(changes),
        new_findings=tuple(_left(here, there)),
        gone_findings=tuple(_left(there, here)),
    )


def _parts(was: VolumePaper, paper: VolumePaper) -> dict[str, tuple[str, str]]:
    told = {
        "title": (_both(was.title), _both(paper.title)),
        "authors": (_people(was), _people(paper)),
        "abstract": (_both(was.abstract), _both(paper.abstract)),
        "session": (_both(was.session_title), _both(paper.session_title)),
        "doi": (was.doi, paper.doi),
    }
    return {name: sides for name, sides in told.items() if sides[0] != sides[1]}


def _both(text: LocalizedText) -> str:
    return " / ".join(filter(None, (text.en, text.zh)))


def _people(paper: VolumePaper) -> str:
    return "; ".join(
        ", ".join(filter(None, (a.name.both, a.affiliation.en or a.affiliation.zh))) for a in authors(paper)
    )


def _findings(build: VolumeBuild) -> list[dict[str, Any]]:
    return list(build.report.get("findings", []))


def _key(finding: Mapping[str, Any]) -> tuple[str, str, str]:
    return finding["code"], finding.get("paper") or "", finding["text"]["en"]


def _left(some: list[dict[str, Any]], others: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Those of ``some`` that ``others`` does not hold, each as often as it is more."""
    known = Counter(_key(finding) for finding in others)
    for finding in some:
        if known[_key(finding)]:
            known[_key(finding)] -= 1
        else:
            yield finding
