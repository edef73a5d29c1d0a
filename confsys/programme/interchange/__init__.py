"""Schedules as other systems write and read them: ``schedule.xml`` and ``schedule.json`` (frab, pretalx, c3voc).

Reading is liberal, writing is strict. Pure: bytes and plain data, no database, no request.
"""
