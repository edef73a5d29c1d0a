"""Conflicts of interest found from what is known of people: pure functions over plain data.

found = detect([Submission("p1", ("ann",))], people, reviewers, Policy(year=2026), organisations)
"""

from .detect import detect
from .domains import FREE_MAIL, expand
from .people import Affiliation, Conflict, Organisation, Person, Policy, Relation, Submission, Work

__all__ = [
    "FREE_MAIL",
    "Affiliation",
    "Conflict",
    "Organisation",
    "Person",
    "Policy",
    "Relation",
    "Submission",
    "Work",
    "detect",
    "expand",
]
