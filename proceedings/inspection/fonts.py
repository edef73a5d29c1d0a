"""Which fonts a PDF declares, and whether they travel with it."""

from __future__ import annotations

from typing import Any

import pikepdf

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SHOW = {"Tj", "TJ", "'", '"'}
_DEPTH = 8  # form XObjects may nest, and a hostile file may nest them in a ring


def fonts_of(pdf: pikepdf.Pdf) -> list[dict[str, Any]]:
    """Every font that some page draws with: ``{name, type, embedded, pages}``.

    Generators declare fonts that they never draw with, Helvetica above all; a missing font counts only
    where text is really set in it.
    """
    seen: dict[Any, dict[str, Any]] = {}
    for number, page in enumerate(pdf.pages, 1):
        visited: set[tuple[int, int]] = set()
        for key, font in _declared(page.obj.get("/Resources"), visited, 0):
            entry = seen.get(key)
            if entry is None:
                entry = seen[key] = _describe(font)
            entry["pages"].add(number)
    missing = {key for key, entry in seen.items() if not entry["embedded"]}
    if missing:
        drawn = _drawn(pdf)
        for key in missing - drawn:
            del seen[key]
    return sorted(
        (entry | {"pages": sorted(entry["pages"])} for entry in seen.values()),
        key=lambda e: (e["name"], e["type"]),
    )


def _identity(thing: Any, holder: Any) -> Any:
    """A key that tells fonts apart: the object number, or the name for a font written in place."""
    number = thing.objgen
    return number if number != (0, 0) else (holder, str(thing.get("/BaseFont", "")))


def _declared(resources: Any, visited: set[tuple[int, int]], depth: int) -> list[tuple[Any, pikepdf.Dictionary]]:
    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEPTH:
        return []
    found: list[tuple[Any, pikepdf.Dictionary]] = []
    fonts = resources.get("/Font")
    for name, font in fonts.items() if isinstance(fonts, pikepdf.Dictionary) else ():
        if isinstance(font, pikepdf.Dictionary):
            found.append((_identity(font, name), font))
    forms = resources.get("/XObject")
    for form in forms.values() if isinstance(forms, pikepdf.Dictionary) else ():
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            continue
        if form.objgen in visited:
            continue
        visited.add(form.objgen)
        found += _declared(form.get("/Resources"), visited, depth + 1)
    return found


def _describe(font: pikepdf.Dictionary) -> dict[str, Any]:
    kind = str(font.get("/Subtype", "")).lstrip("/")
    holder: Any = font
    if kind == "Type0":
        below = font.get("/DescendantFonts")
        if isinstance(below, pikepdf.Array) and len(below) and isinstance(below[0], pikepdf.Dictionary):
            holder = below[0]
    descriptor = holder.get("/FontDescriptor")
    embedded = kind == "Type3" or (
        isinstance(descriptor, pikepdf.Dictionary) and any(key in descriptor for key in _FILES)
    )
    return {
        "name": str(font.get("/BaseFont", "")).lstrip("/"),
        "type": kind,
        "embedded": embedded,
        "pages": set(),
    }


def _drawn(pdf: pikepdf.Pdf) -> set[Any]:
    """Keys of the fonts that some page shows text in."""
    used: set[Any] = set()
    for page in pdf.pages:
        _draw(page, page.obj.get("/Resources"), used, set(), 0)
    return used


def _draw(stream: Any, resources: Any, used: set[Any], visited: set[tuple[int, int]], depth: int) -> None:
    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEPTH:
        return
    fonts, forms = resources.get("/Font"), resources.get("/XObject")
    try:
        instructions = pikepdf.parse_content_stream(stream, "Tf Tj TJ ' \" Do")
    except (pikepdf.PdfError, TypeError):
        # What cannot be parsed cannot be acquitted either: count all it declares.
        used.update(key for key, _ in _declared(resources, set(), 0))
        return
    current = None
    for instruction in instructions:
        operands, name = instruction.operands, str(instruction.operator)
        if name == "Tf" and operands and isinstance(fonts, pikepdf.Dictionary):
            current = (str(operands[0]), fonts.get(str(operands[0])))
        elif name in _SHOW and current and isinstance(current[1], pikepdf.Dictionary):
            used.add(_identity(current[1], current[0]))
        elif name == "Do" and operands and isinstance(forms, pikepdf.Dictionary):
            form = forms.get(str(operands[0]))
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form" and form.objgen not in visited:
                visited.add(form.objgen)
                _draw(form, form.get("/Resources", resources), used, visited, depth + 1)
