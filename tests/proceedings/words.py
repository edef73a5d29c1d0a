"""Word manuscripts made for tests: a table, a list, a picture, a footnote and an equation in a few paragraphs."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from lxml import etree
from PIL import Image

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_NOTES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:footnotes xmlns:w="{_W}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{{note}}</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def document(path: Path, title: str = "On BERT & Co: 50% of nothing", note: str = "A note of the author.") -> Path:
    """A paper in Word."""
    made = Document()
    made.add_heading(title, 0)
    paragraph = made.add_paragraph("The body says something.")
    run = etree.SubElement(paragraph._p, f"{{{_W}}}r")
    etree.SubElement(run, f"{{{_W}}}footnoteReference").set(f"{{{_W}}}id", "1")
    made.add_paragraph("first of a list", style="List Number")
    made.add_table(1, 1).cell(0, 0).text = "A table cell"
    picture = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "PNG")
    picture.seek(0)
    made.add_picture(picture)
    math = etree.SubElement(made.add_paragraph()._p, f"{{{_M}}}oMath")
    etree.SubElement(etree.SubElement(math, f"{{{_M}}}r"), f"{{{_M}}}t").text = "x=1"
    plain = BytesIO()
    made.save(plain)
    path.parent.mkdir(parents=True, exist_ok=True)
    _with_notes(plain, path, note)
    return path


def _with_notes(plain: BytesIO, path: Path, note: str) -> None:
    """python-docx writes no footnotes: put the part, its type and its relation in by hand."""
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                kind = f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}"/></Types>'
                data = data.replace(b"</Types>", kind.encode())
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rIdNotes" Type="{_RELATION}" Target="footnotes.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", link.encode())
            target.writestr(name, data)
        target.writestr("word/footnotes.xml", _NOTES.replace("{note}", note))
