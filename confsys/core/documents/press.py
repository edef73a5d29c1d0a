"""typst for single documents: the fonts of the proceedings engine, the templates of the rooms."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


class NotSet(Exception):
    """typst refused a document: a fault of ours in its template or data."""


def set_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of ``templates/<template>`` with ``data``: the same bytes for the same data. Raises NotSet."""
    return _set(template, data, format="pdf", timestamp=0)


def set_png(template: str, data: Mapping[str, Any], *, ppi: int = 200) -> bytes:
    """The same as a picture of its one page, for a document that cannot hold typst's own. Raises NotSet."""
    return _set(template, data, format="png", ppi=ppi)


def _set(template: str, data: Mapping[str, Any], **how: Any) -> bytes:
    # typst and its fonts are loaded only where a document is set, not at the start of the web process.
    import typst  # noqa: PLC0415

    try:
        compiler = typst.Compiler(
            str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )  # fmt: skip
        made = compiler.compile(**how)
    except typst.TypstError as error:
        raise NotSet(f"{template}: {error}") from error
    if not isinstance(made, bytes):
        raise NotSet(f"{template}: not one page was made")
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Only the fonts that travel with the product: those of the machine would move every line break."""
    import typst  # noqa: PLC0415  (see set_pdf)

    from proceedings.setting.press import FONTS  # noqa: PLC0415  (loads typst)

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def qr_svg(text: str) -> str:
    """A QR code as SVG, for a document's ``data`` or as an image of a page."""
    sink = io.BytesIO()
    segno.make(text, error="m", micro=False).save(sink, kind="svg", border=2, xmldecl=False, svgns=True)
    return sink.getvalue().decode()
