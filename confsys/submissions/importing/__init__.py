"""Papers from other systems: read from a file, checked row by row, taken in whole or not at all."""
