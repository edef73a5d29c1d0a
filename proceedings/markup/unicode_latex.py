"""Characters as LaTeX commands, for tools that read ASCII only."""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_LETTERS = {
    "ß": r"{\ss}", "æ": r"{\ae}", "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ø": r"{\o}",
    "Ø": r"{\O}", "ł": r"{\l}", "Ł": r"{\L}", "ı": r"{\i}", "đ": r"{\dj}", "Đ": r"{\DJ}", "å": r"{\aa}",
    "Å": r"{\AA}", "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"{\ldots}",
    "\u00a0": "~", "ʼ": "'", "¿": "?`", "¡": "!`", "°": r"{\textdegree}", "€": r"{\texteuro}",
    "©": r"{\textcopyright}", "×": r"$\times$", "þ": r"{\th}", "ð": r"{\dh}", "Þ": r"{\TH}",
    "Ð": r"{\DH}", "·": r"{\textperiodcentered}", "‐": "-", "−": "$-$",
}  # fmt: skip
_MARKS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d",
    "\u0327": "c", "\u0328": "k", "\u0331": "b", "\u0309": "h",
}  # fmt: skip


def encode(text: str, unicode: bool = True) -> str:
    """``text`` with LaTeX's own signs escaped; with ``unicode`` false letters with marks become commands
    as well.

    A character that has no command (Chinese) stays as it is: no ASCII spelling of it would be true.
    """
    return "".join(_SPECIAL.get(c) or (c if unicode or c.isascii() else _command(c)) for c in text)


def _command(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    parts = unicodedata.normalize("NFD", character)
    base, marks = parts[0], parts[1:]
    if not marks or not all(mark in _MARKS for mark in marks):
        return character
    result = {"i": r"\i", "j": r"\j"}.get(base, base) if all(m not in "\u0323\u0327\u0328" for m in marks) else base
    for mark in marks:
        name = _MARKS[mark]
        result = f"\\{name}{{{result}}}" if name.isalpha() or result.startswith("\\") else f"\\{name}{result}"
    return f"{{{result}}}"
