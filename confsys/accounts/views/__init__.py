"""Pages of people: signing in and out, opening an account, the profile."""

from confsys.accounts.views import external, opening, passwords, profile, security, signing_in
from confsys.accounts.views.blueprint import bp

__all__ = ["bp", "external", "opening", "passwords", "profile", "security", "signing_in"]
