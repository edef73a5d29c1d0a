"""Between the timetable and the engine: what the engine is asked, and what its answer means.

Plain data on both sides; nothing here reads the database or loads the engine.
"""
