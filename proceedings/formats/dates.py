"""When and where, as several formats say it."""

from __future__ import annotations

from datetime import date

from proceedings.volume.book import Book
from proceedings.volume.model import Paper


def published(book: Book, paper: Paper | None = None) -> date | None:
    """Day of publication: the paper's own, else the volume's; ``None`` where only a year is known."""
    own = paper.published if paper is not None else None
    return own or book.volume.published


def year(book: Book, paper: Paper | None = None) -> int:
    """Year of publication; 0 where unknown."""
    day = published(book, paper)
    return day.year if day else book.volume.year


def stamp(book: Book) -> str:
    """A number that grows with the day of publication, for formats that want a time but must not depend
    on a clock.
    """
    day = published(book) or book.volume.end or book.volume.start
    return f"{day:%Y%m%d}000000" if day else f"{book.volume.year or 1970}0101000000"
