"""The publication chair's blueprint, shared by the modules of its pages."""

from flask import Blueprint

bp = Blueprint("publishing", __name__, url_prefix="/events/<slug>/publishing")
