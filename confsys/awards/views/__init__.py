"""The pages of awards: for everybody, for the committee, for the jury."""

from confsys.awards.views import committee, jury, public, young
from confsys.awards.views.blueprint import bp

__all__ = ["bp", "committee", "jury", "public", "young"]
