"""The part of TeX mathematics that titles use, as a small tree, and from it MathML and plain characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

_SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "hbar": "ℏ", "infty": "∞", "partial": "∂", "nabla": "∇", "emptyset": "∅", "times": "×", "cdot": "⋅",
    "pm": "±", "mp": "∓", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠",
    "approx": "≈", "sim": "∼", "equiv": "≡", "propto": "∝", "in": "∈", "notin": "∉", "subset": "⊂",
    "subseteq": "⊆", "cup": "∪", "cap": "∩", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "Rightarrow": "⇒", "leftrightarrow": "↔", "mapsto": "↦", "forall": "∀", "exists": "∃", "neg": "¬",
    "land": "∧", "lor": "∨", "wedge": "∧", "vee": "∨", "oplus": "⊕", "otimes": "⊗", "circ": "∘",
    "star": "⋆", "ast": "∗", "bullet": "•", "sum": "∑", "prod": "∏", "int": "∫", "ldots": "…",
    "cdots": "⋯", "dots": "…", "langle": "⟨", "rangle": "⟩", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊",
    "rfloor": "⌋", "Vert": "‖", "mid": "∣", "parallel": "∥", "perp": "⊥", "dagger": "†", "prime": "′",
    "degree": "°", "backslash": "\\", "log": "log", "exp": "exp", "min": "min", "max": "max",
    "sin": "sin", "cos": "cos", "lim": "lim", "arg": "arg", "det": "det",
}  # fmt: skip
_FACES = {
    "mathcal": "cal", "mathscr": "cal", "mathbb": "bb", "mathbf": "b", "boldsymbol": "b", "bm": "b",
    "mathfrak": "frak", "mathrm": "rm", "mathsf": "rm", "mathtt": "rm", "mathit": "i", "text": "rm",
    "textrm": "rm", "textbf": "b", "textit": "i", "operatorname": "rm", "mbox": "rm", "textsc": "rm",
}  # fmt: skip
_ACCENTS = {"hat": "̂", "tilde": "̃", "bar": "̄", "overline": "̅", "vec": "⃗", "dot": "̇", "ddot": "̈"}
_SPACES = {",", ";", ":", "!", " ", "quad", "qquad", "left", "right", "big", "Big", "displaystyle", "limits"}
_TOKEN = re.compile(r"\\([A-Za-z]+|.)\s*|(\s+)|([{}^_])|(\d+(?:\.\d+)?)|(.)", re.DOTALL)
_VARIANTS = {"cal": "SCRIPT", "bb": "DOUBLE-STRUCK", "b": "BOLD", "frak": "FRAKTUR"}
_SUPERSCRIPT = str.maketrans("0123456789+-=()ni*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ*")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(frozen=True)
class Term:
    """``kind``.

    Row, letter, number, sign, word, scripts (base, below, above), frac, root, accent (base); see fields.
    """

    kind: str
    text: str = ""
    parts: tuple[Term, ...] = ()


_NONE = Term("row")


def parse_tex(source: str) -> Term:
    """Tree of ``source`` (without the dollars). What is not known is kept as a word; nothing raises."""
    tokens = [match for match in _TOKEN.finditer(source) if not match[2]]
    return _Parser(tokens).row()


class _Parser:
    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def row(self, depth: int = 0) -> Term:
        terms: list[Term] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token[3] == "}":
                break
            if token[3] in ("^", "_"):
                self._script(terms, depth)
            else:
                term = self.atom(depth)
                if term is not None:
                    terms.append(term)
        return terms[0] if len(terms) == 1 else Term("row", parts=tuple(terms))

    def _script(self, terms: list[Term], depth: int) -> None:
        side = self.tokens[self.at][3]
        self.at += 1
        script = self.atom(depth) or _NONE
        base = terms.pop() if terms else _NONE
        if base.kind == "scripts":
            body, below, above = base.parts
        else:
            body, below, above = base, _NONE, _NONE
        terms.append(Term("scripts", parts=(body, script, above) if side == "_" else (body, below, script)))

    def atom(self, depth: int) -> Term | None:
        if self.at >= len(self.tokens):
            return None
        token = self.tokens[self.at]
        self.at += 1
        if token[3] == "{" and depth < 40:
            inner = self.row(depth + 1)
            self.at += 1  # the closing brace, or the end
            return inner
        if token[1] is not None:
            return self._command(token[1], depth)
        if token[4]:
            return Term("number", token[4])
        return _character(token[5] or token[3])

    def _command(self, name: str, depth: int) -> Term | None:
        if name in _SPACES:
            return None
        if name in _FACES:
            return _face(self.atom(depth) or _NONE, _FACES[name])
        if name in _ACCENTS:
            return Term("accent", _ACCENTS[name], (self.atom(depth) or _NONE,))
        if name in ("frac", "tfrac", "dfrac"):
            return Term("frac", parts=(self.atom(depth) or _NONE, self.atom(depth) or _NONE))
        if name == "sqrt":
            return Term("root", parts=(self.atom(depth) or _NONE,))
        if name in _SYMBOLS:
            return _character(_SYMBOLS[name]) if len(_SYMBOLS[name]) == 1 else Term("word", _SYMBOLS[name])
        return _character(name) if len(name) == 1 else Term("word", name)


def _character(text: str) -> Term:
    return Term("letter" if text.isalpha() else "sign", text)


def _face(term: Term, face: str) -> Term:
    """The term in another face.

    Letters become the characters that Unicode has for it; upright letters join to a word.
    """
    if term.kind == "row" and face == "rm":
        return Term("word", "".join(_flat(term)))
    if term.parts:
        return Term(term.kind, term.text, tuple(_face(part, face) for part in term.parts))
    if term.kind not in ("letter", "number") or face not in _VARIANTS:
        return Term("word", term.text) if face == "rm" else term
    return Term("letter", "".join(_variant(c, _VARIANTS[face]) for c in term.text))


def _variant(character: str, variant: str) -> str:
    size = "CAPITAL" if character.isupper() else "SMALL"
    for name in (
        f"MATHEMATICAL {variant} {size} {character.upper()}",
        f"{variant} {size} {character.upper()}",
        f"MATHEMATICAL {variant} DIGIT {unicodedata.name(character, '').rpartition(' ')[2]}",
    ):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return character


def _flat(term: Term) -> Iterator[str]:
    if term.text and not term.parts:
        yield term.text
    for part in term.parts:
        yield from _flat(part)


def to_plain(term: Term) -> str:
    """In plain characters: ``P²``, ``x^(n+1)``, ``a/b``."""
    if term.kind == "row":
        # A function's name stands apart from the letters beside it: n log n.
        return "".join(
            f" {to_plain(part)} " if part.kind == "word" and len(term.parts) > 1 else to_plain(part)
            for part in term.parts
        ).strip()
    if term.kind == "scripts":
        base, below, above = map(to_plain, term.parts)
        return base + _small(below, "_", _SUBSCRIPT) + _small(above, "^", _SUPERSCRIPT)
    if term.kind == "frac":
        return "/".join(map(to_plain, term.parts))
    if term.kind == "root":
        return f"√{to_plain(term.parts[0])}"
    if term.kind == "accent":
        return unicodedata.normalize("NFC", to_plain(term.parts[0]) + term.text)
    return unicodedata.normalize("NFKC", term.text) if term.kind == "letter" else term.text


def _small(text: str, mark: str, table: dict[int, int]) -> str:
    if not text:
        return ""
    if all(ord(c) in table for c in text):
        return text.translate(table)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def to_mathml(term: Term, prefix: str = "") -> str:
    """MathML elements (without the outer ``math``); ``prefix`` such as ``mml:`` goes before each name."""

    def element(name: str, *children: str) -> str:
        return f"<{prefix}{name}>{''.join(children)}</{prefix}{name}>"

    def write(part: Term) -> str:
        if part.kind == "row":
            return element("mrow", *map(write, part.parts))
        if part.kind == "scripts":
            base, below, above = part.parts
            if below == _NONE:
                return element("msup", write(base), write(above))
            if above == _NONE:
                return element("msub", write(base), write(below))
            return element("msubsup", *map(write, part.parts))
        if part.kind == "frac":
            return element("mfrac", *map(write, part.parts))
        if part.kind == "root":
            return element("msqrt", write(part.parts[0]))
        if part.kind == "accent":
            return element("mover", write(part.parts[0]), element("mo", part.text))
        name = {"letter": "mi", "number": "mn", "sign": "mo", "word": "mi"}[part.kind]
        return element(name, escape(part.text))

    return write(term)
