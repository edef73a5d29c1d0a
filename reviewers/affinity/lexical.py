"""Nearness by words: TF-IDF with dampened counts over words and pairs of words, compared by cosine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from .text import Text, words


def vectors(texts: Sequence[Text]) -> sparse.csr_matrix:
    """A row of unit length for each text (or of zeros); words that stand in one text alone tell nothing."""
    counts = [Counter(words(text.whole)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    column = {word: place for place, word in enumerate(sorted(w for w, n in spread.items() if n > 1))}
    rows, columns, values = [], [], []
    for row, count in enumerate(counts):
        for word, times in count.items():
            place = column.get(word)
            if place is not None:
                rows.append(row)
                columns.append(place)
                values.append((1 + np.log(times)) * (1 + np.log((1 + len(texts)) / (1 + spread[word]))))
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), max(1, len(column))), dtype=np.float32)
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1.0)) @ matrix)
