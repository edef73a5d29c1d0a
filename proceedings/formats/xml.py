"""Small helpers for building XML: no element is written empty, no text unescaped."""

from __future__ import annotations

import re

from lxml import etree

XML = "http://www.w3.org/XML/1998/namespace"
MATHML = "http://www.w3.org/1998/Math/MathML"
# What XML 1.0 cannot hold even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """``text`` without characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def add(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """A child with text; attributes with an empty value are left out, ``_`` in their names becomes ``-``."""
    child = etree.SubElement(parent, name)
    for key, value in attributes.items():
        if value:
            child.set(key.replace("_", "-"), clean(value))
    if text:
        child.text = clean(text)
    return child


def maybe(parent: etree._Element, name: str, text: str, /, **attributes: str) -> etree._Element | None:
    """As :func:`add`, but nothing at all where there is no text: most schemas forbid empty elements."""
    return add(parent, name, text, **attributes) if text.strip() else None


def inner(parent: etree._Element, markup: str, spaces: dict[str, str]) -> None:
    """Mixed content, as :func:`proceedings.markup.face` writes it, into ``parent``.

    ``spaces`` binds its prefixes.
    """
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    wrapped = etree.fromstring(f"<x{declared}>{clean(markup)}</x>")
    parent.text = wrapped.text
    for child in wrapped:
        parent.append(child)


def serialised(root: etree._Element) -> bytes:
    """The document with declaration and indentation."""
    etree.indent(root)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xsi"])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
