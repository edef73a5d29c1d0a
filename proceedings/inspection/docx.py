"""Facts of a Word document. Runs in a worker process: the file may be hostile."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from lxml import etree

from proceedings.inspection.limits import MAX_CHARACTERS, MAX_ENTRIES, MAX_UNPACKED, MAX_XML

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {
    "creator": "author",
    "lastModifiedBy": "last_modified_by",
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "description": "description",
}
_CHANGES = ("ins", "del", "moveFrom", "moveTo")  # of words; changes of formatting print as they are
_COUNTED = {
    "tbl": "tables",
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "object": "objects",
}
_TWIPS = 20  # of a point


class _TooLargeError(Exception):
    """The archive is too large to be a paper."""


def facts(path: str) -> dict[str, Any]:
    """What the DOCX at ``path`` is and holds, as plain data with the fields of ``Report`` plus "problem".

    ``problem`` is ``None``, "damaged" or "bomb".
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except _TooLargeError:
        return {"opens": False, "problem": "bomb"}
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError, RuntimeError, ValueError, EOFError):
        return {"opens": False, "problem": "damaged"}
    except (NotImplementedError, zipfile.LargeZipFile):
        return {"opens": False, "problem": "damaged"}


def _read(archive: zipfile.ZipFile) -> dict[str, Any]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _TooLargeError
    names = {entry.filename for entry in entries}
    body = _xml(archive, "word/document.xml")
    text = [_text(body)]
    text += [
        _text(_xml(archive, f"word/{part}.xml")) for part in ("footnotes", "endnotes") if f"word/{part}.xml" in names
    ]
    changes, changers = _changes(body)
    traits = {
        "tracked_changes": changes,
        "comments": len(_authors(archive, names, "word/comments.xml")),
        "images": sum(name.startswith("word/media/") for name in names),
        "equations": len(body.findall(".//{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath")),
        "scripts": sum(name.endswith("vbaProject.bin") for name in names),
        "headers": sum(bool(re.match(r"word/(header|footer)\d*\.xml", name)) for name in names),
    }
    for tag, key in _COUNTED.items():
        traits[key] = len(body.findall(f".//{W}{tag}"))
    metadata = _metadata(archive, names)
    people = sorted(changers | set(_authors(archive, names, "word/comments.xml")) - {""})
    if people:
        metadata["annotators"] = "; ".join(people)[:2000]
    return {
        "opens": True,
        "problem": None,
        "metadata": metadata,
        "text": ["\n".join(part for part in text if part)[:MAX_CHARACTERS]],
        "traits": {key: count for key, count in traits.items() if count},
        "pages": _pages(body),
    }


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    if archive.getinfo(name).file_size > MAX_XML:
        raise _TooLargeError
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(archive.read(name), parser)


def _text(root: etree._Element) -> str:
    """Text as printed: deleted runs left out, a line per paragraph."""
    lines = []
    for paragraph in root.iter(f"{W}p"):
        words = []
        for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
            words.append(node.text or "" if node.tag == f"{W}t" else " ")
        lines.append("".join(words))
    return "\n".join(lines)


def _changes(body: etree._Element) -> tuple[int, set[str]]:
    count, people = 0, set()
    for tag in _CHANGES:
        for node in body.iter(f"{W}{tag}"):
            count += 1
            people.add((node.get(f"{W}author") or "").strip())
    return count, people - {""}


def _authors(archive: zipfile.ZipFile, names: set[str], part: str) -> list[str]:
    """Author of each comment of a part."""
    if part not in names:
        return []
    return [(node.get(f"{W}author") or "").strip() for node in _xml(archive, part).iter(f"{W}comment")]


def _metadata(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    wanted = {"docProps/core.xml": _CORE, "docProps/app.xml": {"Company": "company", "Manager": "manager"}}
    for part, fields in wanted.items():
        if part not in names:
            continue
        for node in _xml(archive, part):
            key = fields.get(etree.QName(node).localname) if isinstance(node.tag, str) else None
            value = re.sub(r"\s+", " ", node.text or "").strip()
            if key and value:
                found[key] = value[:2000]
    return found


def _pages(body: etree._Element) -> list[dict[str, Any]]:
    """Page sizes of the sections, one each: a DOCX has no pages until it is set."""
    sizes = []
    for node in body.iter(f"{W}pgSz"):
        width, height = (float(node.get(f"{W}{side}") or 0) / _TWIPS for side in ("w", "h"))
        sizes.append({"width": round(width, 2), "height": round(height, 2), "rotation": 0})
    return sizes
