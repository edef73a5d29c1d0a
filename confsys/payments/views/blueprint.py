"""One blueprint for the till."""

from flask import Blueprint

bp = Blueprint("payments", __name__)
