"""Records of a volume in the formats of publishers and libraries: a Book in, named bytes out."""

from proceedings.formats.registry import RECORDS, Writer, export

__all__ = ["RECORDS", "Writer", "export"]
