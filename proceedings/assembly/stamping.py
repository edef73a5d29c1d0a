"""Stamps onto the author's page: the page itself stays, with its links, annotations and rotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pikepdf
from pikepdf import Name, Page, Pdf, Rectangle


@contextmanager
def opened(sheets: Sequence[Path]) -> Iterator[list[Page]]:
    """The stamps of ``sheets`` (PDFs that hold one per page), one after the other."""
    with ExitStack() as stack:
        yield [page for sheet in sheets for page in stack.enter_context(pikepdf.open(sheet)).pages]


def stamp(pdf: Pdf, page: Page, mark: Page, number: int) -> None:
    """Lay ``mark`` over ``page`` of ``pdf``; both have the same visible size. What was there stays where
    it is.

    ``number`` makes the stamp's name unique, as pages often share one dictionary of resources (a name
    drawn by lot would make every build another file).
    """
    left, bottom, right, top = (float(value) for value in page.cropbox)
    box = Rectangle(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    form = pdf.copy_foreign(mark.as_form_xobject())
    name = page.add_resource(form, Name.XObject, Name(f"/VolumeStamp{number}"))
    page.contents_add(b"q\n", prepend=True)
    # The page's own instructions may leave any state behind: put it back before the stamp is drawn.
    drawn = page.calc_form_xobject_placement(
        form, name, box, invert_transformations=True, allow_shrink=True, allow_expand=True
    )
    page.contents_add(b"\nQ\n" + drawn)


def clean(page: Page) -> None:
    """Take away what has no sense in another document.

    Actions on opening, and ties to a structure tree left behind.
    """
    for key in ("/AA", "/StructParents", "/PieceInfo", "/B"):
        if key in page.obj:
            del page.obj[key]
    for note in page.obj.get("/Annots") or []:
        if isinstance(note, pikepdf.Dictionary):
            for key in ("/AA", "/StructParent"):
                if key in note:
                    del note[key]
            action = note.get("/A")
            if isinstance(action, pikepdf.Dictionary) and action.get("/S") in (Name.JavaScript, Name.Launch):
                del note["/A"]
