"""What a volume holds, as ``volume.json`` says it (the format is described in docs/proceedings.md)."""

from proceedings.volume.book import Book, Range
from proceedings.volume.load import VolumeError, load, volume_of
from proceedings.volume.model import (
    Accepted,
    Committee,
    Day,
    Hosts,
    Keywords,
    Licence,
    Options,
    Paper,
    Preface,
    Session,
    Sponsor,
    Talk,
    Tier,
    Volume,
)

__all__ = [
    "Accepted",
    "Book",
    "Committee",
    "Day",
    "Hosts",
    "Keywords",
    "Licence",
    "Options",
    "Paper",
    "Preface",
    "Range",
    "Session",
    "Sponsor",
    "Talk",
    "Tier",
    "Volume",
    "VolumeError",
    "load",
    "volume_of",
]
