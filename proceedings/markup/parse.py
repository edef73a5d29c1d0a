"""From a string to nodes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TAGS = ("i", "b", "sup", "sub", "fixed-case")
# A dollar opens mathematics only before a character and closes it only after one and not before a figure
# ($5 and $6).
_PIECE = re.compile(
    r"<(?P<close>/?)(?P<tag>i|b|sup|sub|fixed-case)>|(?<!\\)\$(?=\S)(?P<math>[^$\n]{1,500}?)(?<=\S)(?<!\\)\$(?!\d)"
)


@dataclass(frozen=True)
class Node:
    """``kind`` is "text" or "math" (with ``text``), or a tag's name (with ``children``).

    The root is "root".
    """

    kind: str
    text: str = ""
    children: tuple[Node, ...] = ()


@lru_cache(maxsize=4096)
def parse(source: str) -> Node:
    """Nodes of ``source``. Tags that do not match up are words like any other."""
    stack: list[tuple[str, str, list[Node]]] = [("root", "", [])]
    end = 0
    for piece in _PIECE.finditer(source):
        _words(stack[-1][2], source[end : piece.start()])
        end = piece.end()
        if piece["math"] is not None:
            stack[-1][2].append(Node("math", piece["math"]))
        elif not piece["close"]:
            stack.append((piece["tag"], piece.group(), []))
        elif stack[-1][0] == piece["tag"]:
            kind, _, children = stack.pop()
            stack[-1][2].append(Node(kind, children=tuple(children)))
        else:
            _words(stack[-1][2], piece.group())
    _words(stack[-1][2], source[end:])
    while len(stack) > 1:  # a tag that was never closed
        _, opening, children = stack.pop()
        _words(stack[-1][2], opening)
        stack[-1][2].extend(children)
    return Node("root", children=tuple(stack[0][2]))


def _words(nodes: list[Node], text: str) -> None:
    text = text.replace("\\$", "$")
    if not text:
        return
    if nodes and nodes[-1].kind == "text":
        text = nodes.pop().text + text
    nodes.append(Node("text", text))
