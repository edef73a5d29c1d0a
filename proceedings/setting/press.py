"""typst, with our fonts and templates, the same bytes for the same data.

It sets in a worker process: pictures and fonts come from strangers, and what it remembers of a book's pages is given
back with the process.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from proceedings.isolation import AbandonedError, Pool

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "fonts"
FAMILIES = (
    "Libertinus Serif",
    "New Computer Modern",
    "New Computer Modern Math",
    "DejaVu Sans Mono",
    "Noto Serif SC",
)
_SECONDS = 600.0  # the longest that one part may take


class SettingError(Exception):
    """typst refused what it was given; a fault of ours, or a picture that it cannot read."""


@dataclass(frozen=True)
class Sheets:
    """Pages being set: one PDF per part, in order."""

    template: str
    folder: Path
    _made: Future[Any]

    def files(self) -> list[Path]:
        """Where they are, once they are set. Raises :class:`SettingError`."""
        try:
            return [self.folder / name for name in self._made.result()]
        except AbandonedError as error:
            raise SettingError(f"{self.template}: {error.text or error.reason}") from error


class Press:
    """Sets templates of ``setting/templates`` with data, in the workers of ``pool``. Holds a folder that
    pictures are copied to and that what is set is written into, until it is closed.

    ``extra_fonts`` is a folder whose fonts are tried after ours (a volume may bring some for rare
    characters).
    """

    def __init__(self, pool: Pool, extra_fonts: Path | None = None) -> None:
        self._pool = pool
        self._fonts = str(extra_fonts) if extra_fonts is not None and extra_fonts.is_dir() else ""
        self._folder = Path(tempfile.mkdtemp(prefix="press-"))
        for template in (_HERE / "templates").glob("*.typ"):
            shutil.copy(template, self._folder)

    def picture(self, path: Path, name: str) -> str:
        """Copy a picture to where templates may read it; gives the name to use in data."""
        target = self._folder / f"{name}{path.suffix.lower()}"
        shutil.copyfile(path, target)
        return target.name

    def begin(self, template: str, parts: Sequence[Mapping[str, Any]]) -> Sheets:
        """Start to set ``template`` (without ending), once for each of ``parts``."""
        names = [f"{template}-{number}" for number in range(len(parts))]
        for name, data in zip(names, parts, strict=True):
            (self._folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        arguments = {"folder": str(self._folder), "template": template, "names": names, "fonts": self._fonts}
        made = self._pool.submit(f"{__name__}:compile_parts", arguments, _SECONDS)
        return Sheets(template, self._folder, made)

    def set(self, template: str, data: Mapping[str, Any]) -> bytes:
        """The PDF of ``template`` (without ending) with ``data``. Raises :class:`SettingError`."""
        return self.begin(template, [data]).files()[0].read_bytes()

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def compile_parts(folder: str, template: str, names: list[str], fonts: str) -> list[str]:
    """Set ``template`` with each ``<name>.json``; gives the names of the PDFs. Runs in a worker process."""
    import typst  # noqa: PLC0415  (only the worker loads it)

    # System fonts differ from machine to machine, and with them every line break.
    known = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS), *([fonts] if fonts else [])])
    extra = [family for family in known.families() if family not in set(FAMILIES)]
    made = []
    for name in names:
        compiler = typst.Compiler(
            str(Path(folder) / f"{template}.typ"),
            root=folder,
            font_paths=known,
            sys_inputs={"data": f"{name}.json", "fonts": json.dumps(extra)},
        )
        data = compiler.compile(format="pdf", timestamp=0, pdf_tags=False)
        if not isinstance(data, bytes):
            raise SettingError("nothing was made")
        (Path(folder) / f"{name}.pdf").write_bytes(data)
        made.append(f"{name}.pdf")
    return made
