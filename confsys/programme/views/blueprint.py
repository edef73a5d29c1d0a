"""The two doors of the room: the organisers' desk and the public site."""

from flask import Blueprint

desk = Blueprint("timetable", __name__, url_prefix="/events/<slug>/timetable")
site = Blueprint("programme", __name__, url_prefix="/events/<slug>/programme")
