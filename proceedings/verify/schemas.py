"""XML held against the official schemas, where a folder with them is at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from proceedings.verify.check import Check

# Format: the schema's file name, found anywhere below the folder, and which of our files it governs.
SCHEMAS = {
    "crossref": "crossref5.3.1.xsd",
    "jats": "JATS-journalpublishing1-3-mathml3.xsd",
    "datacite": "metadata.xsd",
    "oai": "oai-all.xsd",
}


def check(folder: Path, made: Mapping[str, str], schemas: Path | None) -> Iterator[Check]:
    """Each XML file of a format whose schema lies below ``schemas``.

    One that is missing is said to be, not passed over.
    """
    for name, file in SCHEMAS.items():
        paths = sorted(path for path, kind in made.items() if kind == name and path.endswith(".xml"))
        if not paths or schemas is None:
            continue
        found = max(schemas.rglob(file), default=None)
        if found is None:
            yield Check("schema", name, f"{file} not found below {schemas.name}", firm=False)
            continue
        schema = _load(found, schemas)
        for path in paths:
            held = schema.validate(etree.parse(str(folder / path)))
            yield Check("schema", path, "" if held else str(schema.error_log).partition("\n")[0])


def _load(path: Path, schemas: Path) -> etree.XMLSchema:
    catalogue = next(iter(sorted(schemas.rglob("catalog.xml"))), None)
    if catalogue is not None:
        # libxml2 finds the parts of a schema that are named by address in the catalogue, never on the
        # network.
        os.environ.setdefault("XML_CATALOG_FILES", str(catalogue))
    return etree.XMLSchema(etree.parse(str(path), etree.XMLParser(no_network=True)))
