"""Papers' documents put into the volume's, part by part."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from proceedings.word.isolate import Isolated, Offsets, isolate
from proceedings.word.package import parse, serialise, w

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = f"{_R}/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# Relationships that the volume has its own of, or that a printed paper has no use for.
_LEFT = {
    "styles", "numbering", "settings", "webSettings", "fontTable", "theme", "footnotes", "endnotes", "comments",
    "header", "footer", "customXml", "glossaryDocument", "stylesWithEffects", "attachedTemplate", "printerSettings",
    "commentsExtended", "commentsIds", "people", "vbaProject",
}  # fmt: skip


class Merger:
    """The volume's package, growing paper by paper."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.offsets = Offsets()
        self.document = parse(parts["word/document.xml"])
        self.styles = parse(parts["word/styles.xml"])
        self.numbering = parse(parts["word/numbering.xml"]) if "word/numbering.xml" in parts else _empty("numbering")
        self.notes = {kind: _notes(parts, kind) for kind in ("footnotes", "endnotes")}
        self.rels = {name: _relations(parts, name) for name in ("document", "footnotes", "endnotes")}
        self.types = parse(parts["[Content_Types].xml"])

    def take(self, parts: Mapping[str, bytes], prefix: str) -> list[etree._Element]:
        """Take a paper in.

        Gives its body's elements, the last section's properties among them as the last.
        """
        paper = isolate(parts, prefix, self.offsets)
        self._add_styles(paper)
        self._relink(paper.body, parts, "document", prefix)
        for kind, root in paper.notes.items():
            self._relink(root, parts, kind, prefix)
            self.notes[kind].extend(list(root))
        return list(paper.body)

    def _add_styles(self, paper: Isolated) -> None:
        self.styles.extend(paper.styles)
        first = next((n for n, node in enumerate(self.numbering) if node.tag == w("num")), len(self.numbering))
        for offset, node in enumerate(paper.abstracts):  # all abstract definitions must come before all numbers
            self.numbering.insert(first + offset, node)
        self.numbering.extend(paper.numbers)

    def _relink(self, root: etree._Element, parts: Mapping[str, bytes], owner: str, prefix: str) -> None:
        """Copy what the text refers to (pictures, charts, objects, addresses) and point the references at
        the copies.
        """
        given = {node.get("Id"): node for node in _relations(parts, owner)}
        made: dict[str, str] = {}
        for node in root.iter():
            if not isinstance(node.tag, str):
                continue
            for name, value in list(node.attrib.items()):
                if not str(name).startswith(f"{{{_R}}}"):
                    continue
                relation = given.get(str(value))
                if relation is None or _kind(relation) in _LEFT:
                    del node.attrib[name]
                    continue
                if str(value) not in made:
                    made[str(value)] = self._relate(relation, parts, owner, prefix)
                node.set(name, made[str(value)])

    def _relate(self, relation: etree._Element, parts: Mapping[str, bytes], owner: str, prefix: str) -> str:
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            target = posixpath.relpath(self._copy(_absolute("word", target), parts, prefix), "word")
        rels = self.rels[owner]
        identifier = f"rV{len(rels) + 1}"
        etree.SubElement(
            rels,
            f"{{{_RELS}}}Relationship",
            {"Id": identifier, "Type": relation.get("Type") or "", "Target": target}
            | ({"TargetMode": "External"} if relation.get("TargetMode") == "External" else {}),
        )
        return identifier

    def _copy(self, name: str, parts: Mapping[str, bytes], prefix: str) -> str:
        """Copy a part, and what it refers to in its turn, under a folder of the paper's own."""
        folder, base = posixpath.split(name)
        target = f"word/{prefix}/{posixpath.relpath(folder, 'word')}/{base}".replace("/./", "/")
        target = posixpath.normpath(target)
        if target in self.parts or name not in parts:
            return target
        self.parts[target] = parts[name]
        self._copy_type(name, target, parts)
        rels = f"{folder}/_rels/{base}.rels"
        if rels in parts:
            root = parse(parts[rels])
            for relation in root:
                if relation.get("TargetMode") != "External":
                    copied = self._copy(_absolute(folder, relation.get("Target") or ""), parts, prefix)
                    relation.set("Target", posixpath.relpath(copied, posixpath.dirname(target)))
            self.parts[f"{posixpath.dirname(target)}/_rels/{base}.rels"] = serialise(root)
        return target

    def _copy_type(self, name: str, target: str, parts: Mapping[str, bytes]) -> None:
        ending = name.rpartition(".")[2].lower()
        for node in parse(parts["[Content_Types].xml"]):
            if node.get("PartName") == f"/{name}":
                etree.SubElement(
                    self.types,
                    f"{{{_TYPES}}}Override",
                    {"PartName": f"/{target}", "ContentType": node.get("ContentType") or ""},
                )
                return
            if (node.get("Extension") or "").lower() == ending:
                self._default_type(ending, node.get("ContentType") or "")

    def _default_type(self, ending: str, content: str) -> None:
        if not any((node.get("Extension") or "").lower() == ending for node in self.types):
            self.types.insert(0, etree.Element(f"{{{_TYPES}}}Default", {"Extension": ending, "ContentType": content}))

    def finish(self) -> dict[str, bytes]:
        """All parts of the volume."""
        self._own("numbering", self.numbering)
        for kind, root in self.notes.items():
            self._own(kind, root)
        self.parts["word/styles.xml"] = serialise(self.styles)
        self.parts["word/document.xml"] = serialise(self.document)
        for name, root in self.rels.items():
            self.parts[f"word/_rels/{name}.xml.rels"] = serialise(root)
        self.parts["[Content_Types].xml"] = serialise(self.types)
        return self.parts

    def _own(self, name: str, root: etree._Element) -> None:
        """A part of the volume itself, declared and related if it was not there before."""
        path = f"word/{name}.xml"
        if path not in self.parts:
            override = {"PartName": f"/{path}", "ContentType": f"{_WORD_TYPE}{name}+xml"}
            etree.SubElement(self.types, f"{{{_TYPES}}}Override", override)
            relation = {"Id": f"rO{name}", "Type": _OFFICE + name, "Target": f"{name}.xml"}
            etree.SubElement(self.rels["document"], f"{{{_RELS}}}Relationship", relation)
        self.parts[path] = serialise(root)


def _empty(name: str) -> etree._Element:
    return etree.Element(w(name), nsmap={"w": w("")[1:-1]})


def _notes(parts: Mapping[str, bytes], kind: str) -> etree._Element:
    """The volume's notes, with the two separators that Word wants to find."""
    if f"word/{kind}.xml" in parts:
        return parse(parts[f"word/{kind}.xml"])
    root, single = _empty(kind), kind.removesuffix("s")
    for number, name in enumerate(("separator", "continuationSeparator")):
        node = etree.SubElement(root, w(single), {w("type"): name, w("id"): str(number - 1)})
        run = etree.SubElement(etree.SubElement(node, w("p")), w("r"))
        etree.SubElement(run, w(name))
    return root


def _relations(parts: Mapping[str, bytes], name: str) -> etree._Element:
    path = f"word/_rels/{name}.xml.rels"
    if path in parts:
        return parse(parts[path])
    spaces: Any = {None: _RELS}
    return etree.Element(f"{{{_RELS}}}Relationships", nsmap=spaces)


def _kind(relation: etree._Element) -> str:
    return (relation.get("Type") or "").rpartition("/")[2]


def _absolute(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
