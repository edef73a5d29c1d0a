"""Files to upload."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.submissions import operations
from confsys.submissions.checking import Examination
from confsys.submissions.models import PaperFile, Submission
from tests.submissions import desk


def a_pdf(
    folder: Path, *, pages: int = 1, name: str = "paper.pdf", size: tuple[int, int] = (595, 842), **info: str
) -> Path:
    """A PDF of blank pages; ``info`` goes into its metadata."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=size)
    for key, value in info.items():
        pdf.docinfo[f"/{key}"] = value
    path = folder / name
    pdf.save(path)
    return path


def uploaded(paper: Submission, someone: Person, path: Path, **values: Any) -> PaperFile:
    here = desk.standing(paper.event, someone)
    given = {"name": path.name, "examination": Examination(pages=1), "actor": here.viewer.actor, "at": clock.now()}
    return operations.add_file(paper, path, standing=here, **{**given, **values})
