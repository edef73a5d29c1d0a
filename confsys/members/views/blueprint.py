"""The blueprints of this room: what members open for themselves, and what the office works with."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("members", __name__, url_prefix="/membership")
office = Blueprint("membership_office", __name__, url_prefix="/office/membership")
