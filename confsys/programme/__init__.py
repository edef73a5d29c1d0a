"""The programme: rooms, sessions, talks, releases. ``solver`` is the timetable engine, a tool of its own."""
