"""The volume's own files beside the papers: pictures and prefaces that the front matter needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from proceedings.findings import Finding, found
from proceedings.volume.model import Volume

PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")


def inputs(volume: Volume) -> Iterator[Finding]:
    """Files that are missing or no pictures."""
    for path in _pictures(volume):
        if not path.is_file():
            yield found("file-missing", file=path.name)
        elif not _is_picture(path):
            yield found("picture-bad", file=path.name)
    for path in filter(None, (preface.file for preface in volume.prefaces)):
        if not path.is_file():
            yield found("file-missing", file=path.name)
    for paper in volume.printed():
        for path in (*paper.supplements, *([paper.source] if paper.source else [])):
            if not path.is_file():
                yield found("supplement-missing", file=path.name).about(paper.id)


def _pictures(volume: Volume) -> Iterator[Path]:
    logos = (sponsor.logo for tier in volume.tiers for sponsor in tier.sponsors)
    photos = (talk.photo for talk in volume.talks)
    yield from filter(None, (volume.cover, *logos, *photos))


def _is_picture(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending in (".svg", ".pdf"):
        return True
    if ending not in PICTURES:
        return False
    try:
        with Image.open(path) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
