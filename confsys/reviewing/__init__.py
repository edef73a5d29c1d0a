"""Peer review: committee, bids, assignment, reviews, decisions."""
