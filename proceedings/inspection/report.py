"""What was seen in one uploaded file: facts first, findings drawn from them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from proceedings.findings import Finding, Severity
from proceedings.inspection.sniff import Kind

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Page:
    """One page as a reader sees it; sizes and boxes in points, after rotation (left, bottom, right, top).

    ``rotation`` is the page's /Rotate (0, 90, 180, 270). ``ink`` is the extent of what is printed,
    ``edges`` boxes within an inch of the upper and lower edge, ``head`` and ``foot`` the words there,
    ``dpi`` the fineness of the coarsest picture (0: none), ``faces`` the width set in each font.
    """

    width: float
    height: float
    rotation: int = 0
    ink: Box | None = None
    edges: tuple[Box, ...] = ()
    head: str = ""
    foot: str = ""
    dpi: int = 0
    faces: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Page:
        """From plain data, where boxes are lists."""
        ink = data.get("ink")
        edges = tuple(_box(box) for box in data.get("edges", ()))
        return cls(**{**data, "ink": _box(ink) if ink else None, "edges": edges})


def _box(values: Sequence[float]) -> Box:
    left, bottom, right, top = values
    return left, bottom, right, top


@dataclass(frozen=True)
class Font:
    """A font that the file declares. ``pages`` (from 1) are those it is declared on."""

    name: str
    type: str
    embedded: bool
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Report:
    """What one file is and holds; plain data through :meth:`as_dict`.

    ``encryption`` is ``None``, "owner" (opens, but forbids) or "user" (asks for a password). ``metadata``
    maps "author", "creator", "last_modified_by", "company" and their like to what the file says of
    itself. ``text`` holds one string per page (one in all for DOCX). ``traits`` counts what lies beside
    the text: attachments, form fields, comments, tracked changes, images and so on.
    """

    name: str
    kind: Kind
    size: int
    sha256: str
    opens: bool = False
    encryption: str | None = None
    pages: tuple[Page, ...] = ()
    fonts: tuple[Font, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    text: tuple[str, ...] = ()
    traits: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file cannot be used as it is."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def first_page_text(self) -> str:
        """Text of the first page; of a DOCX, its beginning."""
        return self.text[0][:6000] if self.text else ""

    @property
    def full_text(self) -> str:
        """All text, pages parted by form feeds."""
        return "\f".join(self.text)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; :meth:`from_dict` is its inverse."""
        data = {item.name: getattr(self, item.name) for item in dataclasses.fields(self)}
        return data | {
            "kind": self.kind.value,
            "pages": [dataclasses.asdict(page) for page in self.pages],
            "fonts": [dataclasses.asdict(font) | {"pages": list(font.pages)} for font in self.fonts],
            "metadata": dict(self.metadata),
            "text": list(self.text),
            "traits": dict(self.traits),
            "findings": [finding.as_dict() for finding in self.findings],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """Read what :meth:`as_dict` wrote."""
        return cls(
            **dict(data)
            | {
                "kind": Kind(data["kind"]),
                "pages": tuple(map(Page.of, data.get("pages", ()))),
                "fonts": tuple(
                    Font(**font | {"pages": tuple(font.get("pages", ()))}) for font in data.get("fonts", ())
                ),
                "text": tuple(data.get("text", ())),
                "findings": tuple(Finding.from_dict(finding) for finding in data.get("findings", ())),
            }
        )
