"""Words of English and Chinese text, without a dictionary."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from ..kinds import Id

_RUN = re.compile(r"[a-z][a-z0-9+#]*(?:-[a-z0-9]+)*|[\u3400-\u4dbf\u4e00-\u9fff]+")
_STOP = frozenset(
    """
    a about above after again all also although an and any are as at be because been before being between both but
    by can could did do does doing during each either few for from further had has have having he her here his how
    however i if in into is it its itself just less many may more most much must no nor not of off on once one only
    or other our over own s same several she should since so some such t than that the their them then there these
    they this those through thus to too two under until up upon us use used using very via was we well were what
    when where whether which while who whom why will with within without would yet you your
    approach based method methods new novel paper papers present problem problems propose proposed results show
    shows study work
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_CHINESE_STOP = frozenset("的 了 和 与 是 在 对 为 及 等 中 上 下 有 将 并 而 其 本 该 这 一".split())  # noqa: SIM905


@dataclass(frozen=True)
class Text:
    """A paper's words; the abstract may be empty."""

    id: Id
    title: str
    abstract: str = ""

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.abstract}".strip()

    @property
    def hash(self) -> str:
        """The same text, the same hash: what was computed for it once holds for ever."""
        return hashlib.sha256(self.whole.encode()).hexdigest()


def words(text: str) -> list[str]:
    """Words and pairs of neighbouring words; of Chinese, pairs and triples of characters within a phrase.

    Chinese is written without spaces: overlapping pairs hold nearly every word there is, and no dictionary
    of yesterday's terms stands between a paper and its reviewer.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    found: list[str] = []
    before = ""
    for run in _RUN.findall(folded):
        if run[0] > "\u3000":
            found += _characters(run)
            before = ""
            continue
        if run in _STOP or len(run) < 2:
            before = ""
            continue
        word = _stem(run)
        found.append(word)
        if before:
            found.append(f"{before} {word}")
        before = word
    return found


def _characters(run: str) -> list[str]:
    kept = "".join(" " if character in _CHINESE_STOP else character for character in run).split()
    return [part[i : i + size] for part in kept for size in (2, 3) for i in range(len(part) - size + 1)]


def _stem(word: str) -> str:
    """A plural as its singular; nothing cleverer, since terms of a field are names."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
