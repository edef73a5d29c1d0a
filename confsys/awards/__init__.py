"""Awards of an event or of the society: nominated, judged without looking at each other, announced with reasons.

A room of its own, since an award stands across the others: its candidates are members, people or accepted papers, its
jury keeps the distance that reviewing knows about, and it belongs to one event or to the society's year.
"""
