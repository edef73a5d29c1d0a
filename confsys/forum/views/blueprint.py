"""The doors of the room: topics of the society, and what events make of the forum."""

from flask import Blueprint

bp = Blueprint("forum", __name__)
