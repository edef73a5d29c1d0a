"""From a path to a report: sniff, read in a process apart, judge."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from proceedings.findings import Finding, found, on_pages, page_list
from proceedings.inspection.anonymity import anonymity
from proceedings.inspection.limits import MAX_BYTES, MAX_PAGES, SECONDS
from proceedings.inspection.report import Font, Page, Report
from proceedings.inspection.sniff import Kind, sniff
from proceedings.isolation import AbandonedError, Pool
from proceedings.people import Person

READERS = {Kind.PDF: "proceedings.inspection.pdf:facts", Kind.DOCX: "proceedings.inspection.docx:facts"}
_SUFFIXES = {Kind.PDF: ".pdf", Kind.DOCX: ".docx"}
_MEGABYTE = 1 << 20
_NOT_READABLE = {
    Kind.EMPTY: "file-empty",
    Kind.HTML: "file-is-html",
    Kind.ZIP: "file-is-zip",
    Kind.DOC: "file-is-doc",
    Kind.LOCKED_OFFICE: "docx-password",
}


def inspect(
    path: Path | str,
    *,
    name: str | None = None,
    accept: Collection[str] = ("pdf", "docx"),
    authors: Iterable[Person] = (),
    blind: bool = False,
    pool: Pool | None = None,
    seconds: float = SECONDS,
) -> Report:
    """Inspect one uploaded file.

    ``name`` is the file name that the author gave (default: the path's); ``accept`` the kinds asked for;
    with ``blind`` the anonymity check is added, given the ``authors``. A ``pool`` saves starting a
    process per file. Never raises on account of what the file holds, and takes at most about ``seconds``;
    ``OSError`` if the path cannot be read.
    """
    path = Path(path)
    name = name if name is not None else path.name
    if not path.is_file():
        return Report(name, Kind.EMPTY, 0, "", findings=(found("file-missing", file=name),))
    size = path.stat().st_size
    if size > MAX_BYTES:
        too_large = found("file-too-large", megabytes=size // _MEGABYTE, limit=MAX_BYTES // _MEGABYTE)
        return Report(name, Kind.UNKNOWN, size, "", findings=(too_large,))
    kind = sniff(path)
    report = Report(name, kind, size, _digest(path))
    refusal = _refuse(kind, name, accept)
    if refusal:
        return _with(report, findings=(refusal,))
    facts = _facts(path, kind, pool, seconds)
    report = _with(
        report,
        opens=facts.get("opens", False),
        encryption=facts.get("encryption"),
        pages=tuple(map(Page.of, facts.get("pages", ()))),
        fonts=tuple(Font(**font | {"pages": tuple(font["pages"])}) for font in facts.get("fonts", ())),
        metadata=facts.get("metadata", {}),
        text=tuple(facts.get("text", ())),
        traits=facts.get("traits", {}),
    )
    findings = tuple(_judge(report, facts))
    if blind and report.opens:
        findings += anonymity(report, authors)
    return _with(report, findings=findings)


def _with(report: Report, **changes: Any) -> Report:
    return Report(**{**{key: getattr(report, key) for key in report.__dataclass_fields__}, **changes})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse(kind: Kind, name: str, accept: Collection[str]) -> Finding | None:
    """Why a file of this kind under this name cannot even be tried, or ``None``."""
    suffix = Path(name).suffix.lower()
    if kind in _NOT_READABLE and (kind is not Kind.ZIP or suffix in (".docx", ".zip")):
        return found(_NOT_READABLE[kind], file=name)
    if kind not in READERS:
        return found("file-is-other", file=name, kind=kind.value)
    if kind.value not in accept:
        return found(
            "file-not-accepted",
            kind=kind.value.upper(),
            accepted=", ".join(k.upper() for k in sorted(accept)),
        )
    if suffix in _SUFFIXES.values() and suffix != _SUFFIXES[kind]:
        return found("file-is-pdf" if kind is Kind.PDF else "file-is-docx", file=name)
    return None


def _facts(path: Path, kind: Kind, pool: Pool | None, seconds: float) -> dict[str, Any]:
    arguments = {"path": str(path.resolve())}
    try:
        if pool is not None:
            return dict(pool.call(READERS[kind], arguments, seconds))
        with Pool(1) as own:
            return dict(own.call(READERS[kind], arguments, seconds))
    except AbandonedError:
        return {"opens": False, "problem": "abandoned"}


def _judge(report: Report, facts: dict[str, Any]) -> Iterator[Finding]:
    problem = facts.get("problem")
    if problem:
        yield _problem(problem, report.kind, facts)
    elif report.kind is Kind.PDF:
        yield from _judge_pdf(report, facts["broken_pages"])
    else:
        yield from _judge_docx(report)


def _problem(problem: str, kind: Kind, facts: dict[str, Any]) -> Finding:
    if problem == "abandoned":
        return found("inspection-abandoned")
    if problem == "too-many-pages":
        return found("pdf-too-many-pages", pages=facts["count"], limit=MAX_PAGES)
    return found(f"{kind.value}-{problem}")


def _judge_pdf(report: Report, broken: list[int]) -> Iterator[Finding]:
    traits = report.traits
    if report.encryption == "owner":
        yield found("pdf-locked")
    if broken:
        yield found("pdf-page-broken", marks=on_pages(broken), pages=page_list(broken))
    elif traits.get("repaired"):
        yield found("pdf-repaired")
    if not any(text.strip() for text in report.text):
        yield found("pdf-no-text")
    turned = [number for number, page in enumerate(report.pages, 1) if page.rotation]
    if turned:
        yield found("page-rotated", marks=on_pages(turned), pages=page_list(turned))
    sizes = sorted({(round(page.width), round(page.height)) for page in report.pages})
    if _differ(sizes):
        yield found("page-sizes-mixed", sizes="; ".join(f"{_mm(w)} × {_mm(h)} mm" for w, h in sizes[:5]))
    yield from _judge_fonts(report.fonts)
    for trait, code in (
        ("attachments", "has-attachments"),
        ("form_fields", "has-form"),
        ("annotations", "has-annotations"),
    ):
        if traits.get(trait):
            yield found(code, count=traits[trait])
    if traits.get("scripts") or traits.get("xfa"):
        yield found("has-scripts")
    if traits.get("signatures"):
        yield found("has-signature")


def _differ(sizes: list[tuple[int, int]]) -> bool:
    """Whether the sizes differ by more than rounding, a page and the same page turned counted as one."""
    upright = sorted({(min(size), max(size)) for size in sizes})
    return any(abs(a - b) > 2 for size in upright for a, b in zip(size, upright[0], strict=True))


def _mm(points: float) -> int:
    return round(points * 25.4 / 72)


def _judge_fonts(fonts: tuple[Font, ...]) -> Iterator[Finding]:
    missing = [font for font in fonts if not font.embedded]
    if missing:
        pages = sorted({page for font in missing for page in font.pages})
        names = ", ".join(sorted({font.name or "?" for font in missing})[:6])
        yield found("font-not-embedded", marks=on_pages(pages), fonts=names, pages=page_list(pages))
    bitmap = sorted({page for font in fonts if font.type == "Type3" for page in font.pages})
    if bitmap:
        yield found("font-type3", marks=on_pages(bitmap), pages=page_list(bitmap))


def _judge_docx(report: Report) -> Iterator[Finding]:
    traits = report.traits
    if traits.get("scripts"):
        yield found("has-scripts")
    if traits.get("tracked_changes"):
        yield found("docx-tracked-changes", count=traits["tracked_changes"])
    if traits.get("comments"):
        yield found("docx-comments", count=traits["comments"])
