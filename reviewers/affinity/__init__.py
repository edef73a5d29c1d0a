"""How near reviewers' own writing is to papers: words always, sentence embeddings where they are installed.

scores = affinity(
    [Text("p1", "Title", "Abstract"), ...], {"ann": ["w1", "w2"]}, {"w1": Text("w1", "Past title"), ...}
)
scores.matrix          # papers x reviewers, from 0 to 1
"""

from .combine import MODELS, Affinities, affinity
from .files import read_papers, read_profiles, read_wanted, write_scores
from .text import Text, words

__all__ = [
    "MODELS",
    "Affinities",
    "Text",
    "affinity",
    "read_papers",
    "read_profiles",
    "read_wanted",
    "words",
    "write_scores",
]
