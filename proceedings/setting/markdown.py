"""Prefaces: Markdown or DOCX into the few kinds of block that the front matter knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from proceedings.markup import tree
from proceedings.text import has_han

_TAGS = {"em": "i", "strong": "b"}


class PrefaceError(Exception):
    """The preface's file cannot be read."""


def blocks(text: str, file: Path | None) -> list[dict[str, Any]]:
    """Blocks ``{kind, words, mark, han}``.

    Kind is heading, item, quote or paragraph. Raises :class:`PrefaceError`.
    """
    if file is None:
        return list(_from_markdown(text))
    try:
        if file.suffix.lower() == ".docx":
            return list(_from_docx(file))
        return list(_from_markdown(file.read_text("utf-8-sig")))
    except (OSError, UnicodeDecodeError, PackageNotFoundError, KeyError, ValueError) as error:
        raise PrefaceError(str(error)) from error


def _block(kind: str, words: list[Any], mark: str = "") -> dict[str, Any]:
    return {"kind": kind, "words": words, "mark": mark, "han": has_han(str(words))}


def _from_markdown(text: str) -> Iterator[dict[str, Any]]:
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    lists: list[int | None] = []  # the number of the next item, or None in a list without numbers
    mark, kind, quoted = "", "paragraph", 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            mark = "•" if number is None else f"{number}."
            lists[-1] = None if number is None else number + 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type == "inline":
            shown = kind if kind == "heading" else "item" if mark else "quote" if quoted else "paragraph"
            yield _block(shown, _inline(token.children or []), mark)
            mark, kind = "", "paragraph"
        elif token.type in ("fence", "code_block"):
            yield _block("paragraph", [token.content.rstrip()])


def _inline(tokens: list[Token]) -> list[Any]:
    """Words with emphasis; links keep their words only, pictures their description."""
    stack: list[tuple[str, list[Any]]] = [("", [])]
    for token in tokens:
        name = token.type.rpartition("_")[0]
        if name in _TAGS and token.nesting == 1:
            stack.append((_TAGS[name], []))
        elif name in _TAGS and token.nesting == -1:
            tag, children = stack.pop()
            stack[-1][1].append({"k": tag, "c": children})
        elif token.type in ("softbreak", "hardbreak"):
            stack[-1][1].append(" ")
        elif token.type == "code_inline":
            stack[-1][1].append(token.content)
        elif token.content:
            stack[-1][1].extend(tree(token.content))
    return stack[0][1]


def _from_docx(file: Path) -> Iterator[dict[str, Any]]:
    for paragraph in Document(str(file)).paragraphs:
        words: list[Any] = []
        for run in paragraph.runs:
            if not run.text:
                continue
            piece: Any = run.text
            if run.bold:
                piece = {"k": "b", "c": [piece]}
            if run.italic:
                piece = {"k": "i", "c": [piece]}
            words.append(piece)
        if not "".join(run.text for run in paragraph.runs).strip():
            continue
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        if style.startswith(("Heading", "Title", "标题")):
            yield _block("heading", [paragraph.text])
        elif style.startswith("List"):
            yield _block("item", words, "•")
        else:
            yield _block("quote" if "Quote" in style else "paragraph", words)
