"""Pages of the publishing room, by who comes."""
