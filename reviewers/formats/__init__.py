"""Instances, tables and results on disk; the formats are described in docs/reviewers.md."""

from .folder import read_folder
from .npz import read_npz
from .reader import read
from .results import read_pairs, write_json
from .table import numbered, rows

__all__ = ["numbered", "read", "read_folder", "read_npz", "read_pairs", "rows", "write_json"]
