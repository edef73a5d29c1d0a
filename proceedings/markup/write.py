"""From nodes to plain text, HTML, JATS and Crossref, LaTeX, and plain data for typst."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from proceedings.markup.parse import Node, parse
from proceedings.markup.tex import Term, parse_tex, to_mathml, to_plain
from proceedings.markup.unicode_latex import encode

_MATHML = "http://www.w3.org/1998/Math/MathML"


def plain(source: str) -> str:
    """Characters only: for metadata, sorting and search."""
    return _plain(parse(source))


def _plain(node: Node) -> str:
    if node.kind == "text":
        return node.text
    return to_plain(parse_tex(node.text)) if node.kind == "math" else "".join(map(_plain, node.children))


def html(source: str) -> str:
    """HTML with MathML; every stray sign is escaped."""
    return _html(parse(source))


def _html(node: Node) -> str:
    if node.kind == "text":
        return escape(node.text)
    if node.kind == "math":
        return f'<math xmlns="{_MATHML}">{to_mathml(parse_tex(node.text))}</math>'
    inner = "".join(map(_html, node.children))
    return f"<{node.kind}>{inner}</{node.kind}>" if node.kind in ("i", "b", "sup", "sub") else inner


def face(source: str, names: dict[str, str]) -> str:
    """XML with elements of another vocabulary: ``names`` maps our tags to its (a missing one is dropped).

    The key "math" holds the prefix of MathML elements, bound to its namespace by the caller; without it
    mathematics becomes plain characters.
    """
    return _face(parse(source), names)


def _face(node: Node, names: dict[str, str]) -> str:
    if node.kind == "text":
        return escape(node.text)
    if node.kind == "math":
        term = parse_tex(node.text)
        prefix = names.get("math")
        return escape(to_plain(term)) if prefix is None else f"<{prefix}math>{to_mathml(term, prefix)}</{prefix}math>"
    inner = "".join(_face(child, names) for child in node.children)
    name = names.get(node.kind)
    return f"<{name}>{inner}</{name}>" if name else inner


_COMMANDS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript"}


def latex(source: str, unicode: bool = True) -> str:
    """LaTeX; with ``unicode`` false also every letter beyond ASCII as a command, where there is one."""
    return _latex(parse(source), unicode)


def _latex(node: Node, unicode: bool) -> str:
    if node.kind == "text":
        return encode(node.text, unicode)
    if node.kind == "math":
        return f"${node.text}$"
    inner = "".join(_latex(child, unicode) for child in node.children)
    if node.kind == "fixed-case":
        return f"{{{inner}}}"
    return f"\\{_COMMANDS[node.kind]}{{{inner}}}" if node.kind in _COMMANDS else inner


def tree(source: str) -> list[Any]:
    """Plain data: strings, ``{"k": tag, "c": […]}`` and ``{"k": "math", "t": term}``."""
    return [_data(child) for child in parse(source).children]


def _data(node: Node) -> Any:
    if node.kind == "text":
        return node.text
    if node.kind == "math":
        return {"k": "math", "t": _term(parse_tex(node.text))}
    return {"k": node.kind, "c": [_data(child) for child in node.children]}


def _term(term: Term) -> dict[str, Any]:
    return {"k": term.kind, "s": term.text, "c": [_term(part) for part in term.parts]}
