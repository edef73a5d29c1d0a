"""Bounds that keep an inspection short whatever it is given."""

MAX_BYTES = 300 << 20  # a file larger than this is not read
MAX_PAGES = 2000
MAX_CHARACTERS = 8_000_000  # of text of one file
MAX_CHARACTERS_PAGE = 200_000
MAX_UNPACKED = 600 << 20  # bytes that a DOCX may unpack to
MAX_ENTRIES = 5000  # files inside a DOCX
MAX_XML = 120 << 20  # bytes of one XML part inside a DOCX
SECONDS = 60.0
