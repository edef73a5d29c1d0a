"""The cells form: sessions that run in all rooms at once and hold one track per room.

A submission goes to a session and a copy of its track, a copy to a room; the slots inside a session are
settled last. There is no variable for a submission in a room: the room follows from the track.
"""
