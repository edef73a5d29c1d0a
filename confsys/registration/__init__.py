"""Registration: tickets, attendees, check-in, certificates of attendance. Sells through ``payments``."""
