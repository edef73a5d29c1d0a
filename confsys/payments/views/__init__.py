"""The pages of the till: a buyer's orders, the providers' messages, the treasurer's desk, the public check."""

from confsys.payments.views import buyer, callbacks, desk, fapiao, public
from confsys.payments.views.blueprint import bp

__all__ = ["bp", "buyer", "callbacks", "desk", "fapiao", "public"]
