"""typst, with our fonts and templates, the same bytes for the same data."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import typst

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "fonts"


class SettingError(Exception):
    """typst refused what it was given; a fault of ours, or a picture that it cannot read."""


class Press:
    """Sets templates of ``setting/templates`` with data. Holds the fonts and a folder that pictures are
    copied to.

    ``extra_fonts`` is a folder whose fonts are tried after ours (a volume may bring some for rare
    characters).
    """

    def __init__(self, extra_fonts: Path | None = None) -> None:
        folders = [str(FONTS)]
        if extra_fonts is not None and extra_fonts.is_dir():
            folders.append(str(extra_fonts))
        # System fonts differ from machine to machine, and with them every line break.
        self._fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
        self._folder = Path(tempfile.mkdtemp(prefix="press-"))
        self.families = tuple(self._fonts.families())
        for template in (_HERE / "templates").glob("*.typ"):
            shutil.copy(template, self._folder)

    def picture(self, path: Path, name: str) -> str:
        """Copy a picture to where templates may read it; gives the name to use in data."""
        target = self._folder / f"{name}{path.suffix.lower()}"
        shutil.copyfile(path, target)
        return target.name

    def set(self, template: str, data: Mapping[str, Any]) -> bytes:
        """The PDF of ``template`` (without ending) with ``data``. Raises :class:`SettingError`."""
        own = set(FAMILIES)
        extra = [family for family in self.families if family not in own]
        (self._folder / "data.json").write_text(
            json.dumps({**data, "fonts": extra}, ensure_ascii=False), encoding="utf-8"
        )
        try:
            compiler = typst.Compiler(
                str(self._folder / f"{template}.typ"), root=str(self._folder), font_paths=self._fonts
            )
            made = compiler.compile(format="pdf", timestamp=0, pdf_tags=False)
        except typst.TypstError as error:
            raise SettingError(f"{template}: {error}") from error
        if not isinstance(made, bytes):
            raise SettingError(f"{template}: nothing was made")
        return made

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


FAMILIES = (
    "Libertinus Serif",
    "New Computer Modern",
    "New Computer Modern Math",
    "DejaVu Sans Mono",
    "Noto Serif SC",
)
