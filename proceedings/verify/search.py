"""Words and the numbers behind them in text drawn from a page, however its lines part them."""

from __future__ import annotations

from collections.abc import Iterator

from proceedings.text import fold


class Searchable:
    """Text as its folded letters, with a note of where something (a blank, a line's end, a comma) stood
    between two.
    """

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        starts: list[int] = []
        place = 0
        for word in text.split():
            for piece in _pieces(word):
                folded = fold(piece)
                if folded:
                    starts.append(place)
                    letters.append(folded)
                    place += len(folded)
        self.letters = "".join(letters)
        self._starts = set(starts)

    def followed_by(self, words: str, numbers: list[int]) -> bool:
        """Whether ``words`` stand somewhere with ``numbers`` right behind them."""
        needle = fold(words)
        return bool(needle) and any(
            self._numbers(at + len(needle), len(numbers)) == numbers for at in self._places(needle)
        )

    def _places(self, needle: str) -> Iterator[int]:
        at = self.letters.find(needle)
        while at >= 0:
            yield at
            at = self.letters.find(needle, at + 1)

    def _numbers(self, at: int, count: int) -> list[int]:
        """Up to ``count`` numbers from a place on; figures without a gap are one number."""
        found: list[int] = []
        digits = ""
        while at < len(self.letters) and len(found) <= count:
            if digits and (at in self._starts or not self.letters[at].isascii() or not self.letters[at].isdigit()):
                found.append(int(digits))
                digits = ""
            if not (self.letters[at].isascii() and self.letters[at].isdigit()):
                break
            digits += self.letters[at]
            at += 1
        return [*found, *([int(digits)] if digits else [])][:count]


def _pieces(word: str) -> Iterator[str]:
    """Parts of a word between signs: ``12,45`` holds two numbers."""
    piece = ""
    for character in word:
        if character.isalnum():
            piece += character
        elif character in ",;.·…、，；" and piece:
            yield piece
            piece = ""
        else:
            piece += character
    if piece:
        yield piece
