"""The Chinese words of the design system, compiled beside no source file, so that the tests leave no trace."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "confsys/translations/core/zh/LC_MESSAGES/messages.po"


@cache
def compiled() -> str:
    """A folder that Flask-Babel can read translations from."""
    folder = Path(tempfile.mkdtemp(prefix="look-"))
    target = folder / "zh" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with SOURCE.open("rb") as source, target.open("wb") as output:
        write_mo(output, read_po(source, locale="zh"))
    return str(folder)
