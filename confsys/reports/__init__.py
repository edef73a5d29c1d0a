"""Figures across events and members: the exchange report of an event and the yearly report of the society."""
