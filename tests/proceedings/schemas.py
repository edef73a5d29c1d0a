"""The official schemas, loaded once per process, from the standards beside the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.shared import shared

XSD = {
    "crossref": "standards/crossref-5.3.1/crossref5.3.1.xsd",
    "jats": "standards/jats/publishing-1.3-xsd/JATS-journalpublishing1-3-mathml3.xsd",
    "datacite": "standards/datacite/kernel-4.6/metadata.xsd",
    "oai": "standards/oai-pmh/oai-all.xsd",
}


@cache
def _schema(name: str) -> etree.XMLSchema:
    # libxml2 reads this variable once, on its first use of a catalogue.
    os.environ["XML_CATALOG_FILES"] = str(shared("standards/catalog.xml"))
    return etree.XMLSchema(etree.parse(str(shared(XSD[name]))))


def faults(name: str, document: bytes) -> list[str]:
    """What the schema ``name`` has against ``document``."""
    schema = _schema(name)
    schema.validate(etree.fromstring(document))
    return [f"{entry.line}: {entry.message}" for entry in schema.error_log]


def anthology_faults(path: Path) -> list[str]:
    """What the Anthology's RELAX NG schema has against the file."""
    if not shutil.which("jing"):
        pytest.skip("jing is not installed")
    schema = shared("standards/acl-anthology/schema.rnc")
    done = subprocess.run(["jing", "-c", schema, path], capture_output=True, text=True, check=False)
    return [line for line in done.stdout.splitlines() if re.search(r"\b(error|fatal)\b", line)]
