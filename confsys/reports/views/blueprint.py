"""The one blueprint of this room. A report on an event stands under the event, the society's under /reports."""

from flask import Blueprint

bp = Blueprint("reports", __name__)
